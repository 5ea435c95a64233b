//! What a Rust file shows of how it uses `rmcp`: servers and clients, their transports, tools and prompts, and what they ask
//! of the other side. Read from paths, attributes and method names; no types.

use std::collections::BTreeMap;

use proc_macro2::TokenTree;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ItemImpl, Lit, Meta};

use super::context::Context;
use super::packages::Package;
use super::source::{self, Source};
use crate::portrait::{Fact, Kind, Transport};
use crate::rule::rust::RustAccess;
use crate::source::{SourceFile, Span};

/// What `file` of `package` shows, in no order. Nothing for a file that is no Rust.
pub(crate) fn portrait(file: &SourceFile, package: &Package) -> Vec<Fact> {
    let mentions = |name: &String| file.text().contains(name.as_str());
    if !package.names.iter().any(mentions) {
        return Vec::new();
    }
    let facts = Source::parse(file.path(), file.text()).map(|source| {
        let renamed = BTreeMap::new();
        let context = Context::new(&source, &package.names, &renamed);
        let mut reader = Reader { context: &context, out: Vec::new() };
        reader.visit_file(&source.file);
        let mut facts = reader.out;
        facts.extend(paths(&context));
        facts.extend(members(&context));
        facts
    });
    source::forget();
    facts.unwrap_or_default()
}

/// What a path of the crate is, by its last names.
fn of_path(path: &str) -> Option<(Kind, Option<Transport>)> {
    let server = |transport| Some((Kind::ServerTransport, Some(transport)));
    let client = |transport| Some((Kind::ClientTransport, Some(transport)));
    let in_auth = path.contains("::auth::");
    match path.rsplit("::").next().unwrap_or(path) {
        "stdio" if path.contains("::transport") => server(Transport::Stdio),
        "StreamableHttpService" => server(Transport::Http),
        "SseServer" => server(Transport::Sse),
        "TokioChildProcess" => client(Transport::Stdio),
        "StreamableHttpClientTransport" => client(Transport::Http),
        "SseClientTransport" => client(Transport::Sse),
        "LocalSessionManager" | "NeverSessionManager" => Some((Kind::SessionState, None)),
        "AuthClient" | "AuthorizationManager" | "OAuthState" | "OAuthClientConfig" | "AuthorizationSession"
            if in_auth || path.contains("::transport::") =>
        {
            Some((Kind::AuthConfiguration, None))
        }
        _ => None,
    }
}

/// The transports and the like that code names, imports apart.
fn paths(context: &Context<'_, '_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for written in &context.paths {
        let Some(first) = written.parts.first() else { continue };
        // What a glob may bring in is longer than what is written.
        let mut leads_to: Vec<_> = written.leads_to.iter().filter_map(|full| context.canonical(full)).collect();
        leads_to.sort_by_key(|full| full.len());
        for full in leads_to {
            // `TokioChildProcess::new` is one use of the type.
            let mut ends = full.match_indices("::").map(|(at, _)| at).chain([full.len()]);
            let Some((kind, transport, end)) =
                ends.find_map(|end| of_path(&full[..end]).map(|(kind, transport)| (kind, transport, end)))
            else {
                continue;
            };
            let last = written.parts.last().map_or(first.1, |(_, last)| *last);
            let fact = Fact::new(kind, &full[..end], Span::new(first.1.start, last.end));
            facts.push(Fact { transport, ..fact });
            break;
        }
    }
    facts
}

/// What is asked of the other side, by names that nothing else is likely to have.
fn members(context: &Context<'_, '_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for member in &context.members {
        let is_setting = matches!(member.name.as_str(), "with_stateful_mode" | "with_legacy_session_mode");
        let kind = match member.name.as_str() {
            "list_roots" | "notify_roots_list_changed" => Kind::Roots,
            "create_message" => Kind::Sampling,
            "create_elicitation" | "elicit" | "elicit_url" | "notify_url_elicitation_completed" => Kind::Elicitation,
            "notify_logging_message" | "set_level" => Kind::Logging,
            "notify_progress" => Kind::Progress,
            "notify_resource_updated"
            | "notify_tool_list_changed"
            | "notify_prompt_list_changed"
            | "notify_resource_list_changed" => Kind::Subscriptions,
            "enqueue_task" | "list_tasks" | "get_task_info" | "get_task_result" | "cancel_task" => Kind::Tasks,
            "with_stateful_mode" | "with_legacy_session_mode" => Kind::SessionState,
            _ => continue,
        };
        if member.access != RustAccess::Call && member.of.is_none() {
            continue;
        }
        let settings = member
            .passed
            .filter(|_| is_setting)
            .map(|passed| (member.name.clone(), context.source.at(passed).trim_matches(['(', ')']).to_owned()));
        let fact = Fact::new(kind, member.name.clone(), member.span);
        facts.push(Fact { name: Some(member.name.clone()), settings: settings.into_iter().collect(), ..fact });
    }
    facts
}

struct Reader<'c, 'x, 't> {
    context: &'c Context<'x, 't>,
    out: Vec<Fact>,
}

impl Reader<'_, '_, '_> {
    /// What an attribute on the function `name` declares.
    fn attributes(&mut self, attributes: &[Attribute], name: &syn::Ident) {
        for attribute in attributes {
            let Some(last) = attribute.path().segments.last().map(|one| one.ident.to_string()) else { continue };
            let kind = match last.as_str() {
                "tool" => Kind::Tool,
                "prompt" => Kind::Prompt,
                _ => continue,
            };
            let named = given_name(attribute).unwrap_or_else(|| name.to_string());
            let fact = Fact::new(kind, format!("#[{last}]"), self.context.source.span(name));
            self.out.push(Fact { name: Some(named), ..fact });
        }
    }
}

/// The name that an attribute gives: `#[tool(name = "find")]`.
fn given_name(attribute: &Attribute) -> Option<String> {
    let Meta::List(list) = &attribute.meta else { return None };
    let tokens: Vec<TokenTree> = list.tokens.clone().into_iter().collect();
    let at = tokens.windows(3).find(|three| {
        matches!(&three[0], TokenTree::Ident(word) if word == "name")
            && matches!(&three[1], TokenTree::Punct(mark) if mark.as_char() == '=')
    })?;
    let text: syn::LitStr = syn::parse2(at[2].clone().into()).ok()?;
    Some(text.value())
}

impl<'ast> Visit<'ast> for Reader<'_, '_, '_> {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        if let Some((path, _)) = &item.trait_
            && let Some(last) = path.segments.last()
        {
            let kind = match last.ident.to_string().as_str() {
                "ServerHandler" => Some(Kind::Server),
                "ClientHandler" => Some(Kind::Client),
                _ => None,
            };
            if let Some(kind) = kind {
                let of = self.context.source.span(&*item.self_ty);
                let by = format!("impl {}", last.ident);
                let name = Some(self.context.source.at(of).to_owned());
                self.out.push(Fact { name, ..Fact::new(kind, by, self.context.source.span(path)) });
            }
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.attributes(&function.attrs, &function.sig.ident);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.attributes(&function.attrs, &function.sig.ident);
        visit::visit_item_fn(self, function);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let Expr::Path(path) = &*call.func {
            let names: Vec<String> = path.path.segments.iter().map(|one| one.ident.to_string()).collect();
            let text = match call.args.first() {
                Some(Expr::Lit(lit)) => match &lit.lit {
                    Lit::Str(text) => Some(text.value()),
                    _ => None,
                },
                _ => None,
            };
            if names.iter().map(String::as_str).eq(["std", "env", "var"])
                || names.iter().map(String::as_str).eq(["env", "var"])
            {
                let at = self.context.source.span(path);
                self.out.push(Fact { name: text, ..Fact::new(Kind::Environment, "std::env::var", at) });
            }
        }
        visit::visit_expr_call(self, call);
    }
}

#[cfg(test)]
mod tests {
    use crate::breakage;
    use crate::inventory;
    use crate::project::Projects;
    use crate::rule;
    use crate::source::SourceFile;

    /// What a file of a package that asks for `rmcp` as `called` shows: kind, name, what is used, transport, settings.
    fn shown(called: &str, text: &str) -> Vec<String> {
        let manifest = format!(
            "[package]\nname = \"a\"\nversion = \"1.0.0\"\n[dependencies]\n{called} = {{ package = \"rmcp\", version = \"1\" }}\n"
        );
        let files = [("Cargo.toml", manifest.as_str()), ("src/main.rs", text)];
        let files = files.map(|(path, text)| SourceFile::in_memory(path, text)).into();
        let inventory = inventory::of_files(files, &rule::embedded().unwrap().packages);
        let found = breakage::portraits(&inventory, &Projects::group(&inventory));
        let told = |one: &crate::portrait::Placed| {
            let fact = &one.fact;
            let settings: Vec<String> = fact.settings.iter().map(|(name, value)| format!(" {name}={value}")).collect();
            let transport = fact.transport.map(|transport| format!(" {transport:?}")).unwrap_or_default();
            let name = fact.name.as_deref().unwrap_or("-");
            format!("{:?} {name} {}{transport}{}", fact.kind, fact.by, settings.concat())
        };
        found.iter().map(told).collect()
    }

    #[test]
    fn servers_tools_and_transports_are_told() {
        let text = "use rmcp::{ServerHandler, ServiceExt, tool, transport::stdio};\n\
            struct Own;\nimpl Own {\n    #[tool(name = \"find\", description = \"x\")]\n    async fn search(&self) {}\n    \
            #[tool]\n    async fn plain(&self) {}\n}\nimpl ServerHandler for Own {}\n\
            async fn main() {\n    let key = std::env::var(\"KEY\");\n    Own.serve(stdio()).await;\n}\n";
        assert_eq!(
            shown("rmcp", text),
            [
                "Tool find #[tool]",
                "Tool plain #[tool]",
                "Server Own impl ServerHandler",
                "Environment KEY std::env::var",
                "ServerTransport - rmcp::transport::stdio Stdio",
            ]
        );
    }

    #[test]
    fn sessions_and_what_is_asked_of_the_other_side_are_told_under_any_name_of_the_crate() {
        let text = "use sdk::transport::StreamableHttpClientTransport;\nuse sdk::transport::streamable_http_server::StreamableHttpServerConfig;\n\
            async fn go(peer: sdk::Peer<sdk::RoleServer>) {\n    let config = StreamableHttpServerConfig::default().with_stateful_mode(false);\n    \
            let client = StreamableHttpClientTransport::from_uri(\"https://index.example/mcp\");\n    \
            peer.list_roots().await;\n    peer.create_message(p).await;\n}\n";
        let shown = shown("sdk", text);
        for expected in [
            "SessionState with_stateful_mode with_stateful_mode with_stateful_mode=false",
            "Roots list_roots list_roots",
            "Sampling create_message create_message",
        ] {
            assert!(shown.iter().any(|one| one == expected), "{expected}: {shown:?}");
        }
        assert!(shown.iter().any(|one| one.starts_with("ClientTransport") && one.ends_with(" Http")), "{shown:?}");
    }

    #[test]
    fn a_whole_path_is_no_part_of_what_a_glob_brings_in() {
        let text = "use rmcp::model::*;\nfn config(one: rmcp::transport::auth::OAuthClientConfig) {}\n";
        assert_eq!(shown("rmcp", text), ["AuthConfiguration - rmcp::transport::auth::OAuthClientConfig"]);
    }

    #[test]
    fn what_does_not_name_the_crate_shows_nothing() {
        assert!(shown("rmcp", "fn main() {\n    std::env::var(\"KEY\");\n}\n").is_empty());
    }
}
