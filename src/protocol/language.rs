//! Which language a file is in, as far as finding its comments and strings needs.

use serde::Deserialize;

/// A language, or a family that is written alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// `.py`, `.pyi`
    Python,
    /// `.rs`
    Rust,
    /// TypeScript and JavaScript, with their relatives.
    #[serde(rename = "typescript")]
    TypeScript,
    /// `.go`
    Go,
    /// `.cs`
    CSharp,
    /// `.java`
    Java,
    /// `.kt`, `.kts`, and Gradle's and Scala's files, which read alike.
    Kotlin,
    /// `.rb`, `.ru`
    Ruby,
    /// `.php`
    Php,
    /// `.swift`
    Swift,
    /// Shell scripts, Dockerfiles, Makefiles.
    Shell,
    /// Configuration of nginx.
    Nginx,
    /// Configuration of HAProxy.
    Haproxy,
    /// A Caddyfile.
    Caddy,
    /// Configuration of Apache's httpd.
    Apache,
    /// `.yaml`, `.yml`: Envoy, Traefik, Istio, Kubernetes, docker-compose, OpenAPI.
    Yaml,
    /// `.json`, with comments or without.
    Json,
    /// `.toml`
    Toml,
    /// Terraform: `.tf`, `.hcl`
    Terraform,
    /// `.env`, `.ini`, `.properties` and the like.
    Properties,
    /// What only people read: Markdown, plain text, changelogs.
    Prose,
}

/// How comments and strings are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grammar {
    /// What begins a comment that ends with its line.
    pub(super) line: &'static [&'static str],
    /// Whether such a comment begins only where a word could.
    pub(super) line_after_space: bool,
    /// What begins and ends a longer one.
    pub(super) block: Option<(&'static str, &'static str)>,
    /// What strings begin and end with, the longest first; those of one character end with their line unless `multi`.
    pub(super) quotes: &'static [(&'static str, bool)],
    /// Whether a backslash in a string takes the meaning of what follows.
    pub(super) escapes: bool,
}

const C_LIKE: Grammar = Grammar {
    line: &["//"],
    line_after_space: false,
    block: Some(("/*", "*/")),
    quotes: &[("\"\"\"", true), ("\"", false), ("'", false)],
    escapes: true,
};

const HASH: Grammar =
    Grammar { line: &["#"], line_after_space: true, block: None, quotes: &[("\"", true), ("'", true)], escapes: true };

const PYTHON: Grammar = Grammar {
    line: &["#"],
    line_after_space: false,
    block: None,
    quotes: &[("\"\"\"", true), ("'''", true), ("\"", false), ("'", false)],
    escapes: true,
};

impl Language {
    /// The language of the file at `path`, if it is one that is looked at.
    pub fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "caddyfile" => return Some(Self::Caddy),
            "dockerfile" | "containerfile" | "makefile" | "justfile" | "procfile" => return Some(Self::Shell),
            "changelog" | "readme" | "news" => return Some(Self::Prose),
            "gemfile" | "rakefile" => return Some(Self::Ruby),
            ".htaccess" | "httpd.conf" | "apache2.conf" => return Some(Self::Apache),
            _ => {}
        }
        let (stem, extension) = lower.rsplit_once('.')?;
        Some(match extension {
            "py" | "pyi" => Self::Python,
            "rs" => Self::Rust,
            "ts" | "tsx" | "mts" | "cts" | "js" | "jsx" | "mjs" | "cjs" | "vue" | "svelte" => Self::TypeScript,
            "go" => Self::Go,
            "cs" => Self::CSharp,
            "java" => Self::Java,
            "kt" | "kts" | "gradle" | "groovy" | "scala" => Self::Kotlin,
            "rb" | "ru" => Self::Ruby,
            "php" => Self::Php,
            "swift" => Self::Swift,
            "sh" | "bash" | "zsh" | "ps1" | "dockerfile" | "http" | "rest" => Self::Shell,
            "conf" | "cfg" | "template" | "nginx" | "vhost" | "inc" if speaks_for(path, "haproxy") => Self::Haproxy,
            "conf" | "vhost" if speaks_for(path, "httpd") || speaks_for(path, "apache") => Self::Apache,
            "conf" | "nginx" | "vhost" | "template" | "inc" => Self::Nginx,
            "haproxy" => Self::Haproxy,
            "yaml" | "yml" => Self::Yaml,
            "json" | "jsonc" | "json5" => Self::Json,
            "toml" => Self::Toml,
            "tf" | "hcl" | "tfvars" => Self::Terraform,
            "env" | "ini" | "cfg" | "properties" => Self::Properties,
            "md" | "mdx" | "rst" | "txt" | "adoc" => Self::Prose,
            _ if stem.ends_with(".conf") || stem.ends_with(".yaml") || stem.ends_with(".yml") => {
                // `nginx.conf.j2`, `values.yaml.tpl`: named like what they become.
                return Self::of(&path[..path.len() - extension.len() - 1]);
            }
            _ => return None,
        })
    }

    pub(super) fn grammar(self) -> Grammar {
        match self {
            Self::Python => PYTHON,
            Self::Rust => Grammar { quotes: &[("\"", true)], ..C_LIKE },
            Self::TypeScript => Grammar { quotes: &[("`", true), ("\"", false), ("'", false)], ..C_LIKE },
            Self::Go => Grammar { quotes: &[("`", true), ("\"", false), ("'", false)], ..C_LIKE },
            Self::CSharp | Self::Java | Self::Kotlin | Self::Swift => C_LIKE,
            Self::Php => Grammar { line: &["//", "#"], quotes: &[("\"", true), ("'", true)], ..C_LIKE },
            Self::Terraform => Grammar { line: &["#", "//"], quotes: &[("\"", false)], ..C_LIKE },
            Self::Ruby => Grammar { quotes: &[("\"", true), ("'", true), ("`", false)], ..HASH },
            Self::Shell | Self::Nginx | Self::Caddy | Self::Apache | Self::Haproxy => HASH,
            Self::Yaml => Grammar { quotes: &[("\"", true), ("'", true)], ..HASH },
            Self::Toml => PYTHON,
            Self::Json => Grammar { quotes: &[("\"", false)], ..C_LIKE },
            Self::Properties => Grammar { line: &["#", ";"], quotes: &[], ..HASH },
            Self::Prose => Grammar { line: &[], line_after_space: false, block: None, quotes: &[], escapes: false },
        }
    }

    /// Whether an apostrophe may stand in plain text, where it begins no string.
    pub(super) fn has_plain_text(self) -> bool {
        matches!(self, Self::Yaml | Self::Shell | Self::Nginx | Self::Caddy | Self::Apache | Self::Haproxy)
    }
}

/// Whether some part of the path speaks of a program.
fn speaks_for(path: &str, program: &str) -> bool {
    path.to_ascii_lowercase().contains(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_names() {
        for (path, language) in [
            ("a/b.py", Some(Language::Python)),
            ("deploy/nginx.conf", Some(Language::Nginx)),
            ("deploy/nginx.conf.j2", Some(Language::Nginx)),
            ("haproxy/haproxy.cfg", Some(Language::Haproxy)),
            ("setup.cfg", Some(Language::Properties)),
            ("values.yaml.tpl", Some(Language::Yaml)),
            ("Caddyfile", Some(Language::Caddy)),
            ("main.tf", Some(Language::Terraform)),
            ("CHANGELOG", Some(Language::Prose)),
            ("picture.png", None),
            ("a.lock", None),
        ] {
            assert_eq!(Language::of(path), language, "{path}");
        }
    }
}
