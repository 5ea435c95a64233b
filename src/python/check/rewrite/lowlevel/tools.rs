//! What stands around a tool: its arguments are checked against the schema that the listing gives, what it raises becomes
//! a result that the model can read, and what it answers becomes content. Only what can happen is written.

use super::adapter::{Adapted, Lines};
use super::names::Names;
use super::returns::Forms;

/// How calls of a tool are checked.
#[derive(Debug, Clone, Default)]
pub(super) struct Checks {
    /// Whether arguments are: always, never, or as this expression says.
    pub(super) input: Input,
    /// Whether a tool may have a schema for what it answers.
    pub(super) output: bool,
    pub(super) listing: Listing,
    /// Whether an error that asks for an address may be raised.
    pub(super) asks_for_url: bool,
    /// The function of the module that does all of it for several tools.
    pub(super) shared: Option<String>,
}

/// Whether arguments are checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Input {
    #[default]
    Always,
    Never,
    /// As an expression of the registering call says.
    If(String),
}

/// Where the tools are found.
#[derive(Debug, Clone, Default)]
pub(super) enum Listing {
    /// There are none that could be found.
    #[default]
    None,
    /// This function gives them, at no cost: called, awaited, and looked into.
    Call(String),
    /// They are remembered in the variable when this adapter lists them.
    Remembered { cache: String, adapter: String },
    /// The server knows who lists them; they are remembered in the variable.
    Asked { cache: String },
}

impl Listing {
    /// Whether the call that gives the tools begins with `name`.
    pub(super) fn calls(&self, name: &str) -> bool {
        let Self::Call(call) = self else { return false };
        let function = call.trim_start_matches('(').trim_start_matches("await ");
        function.split(['.', '(']).next() == Some(name)
    }
}

/// Whether a tool is looked up at all, and whether what it answers is checked.
fn checked(adapted: &Adapted<'_>) -> (bool, bool) {
    let checks = &adapted.checks;
    let structures = !adapted.forms.only(Forms { model: true, none: true, ..Forms::many() });
    let output = structures && checks.output && !matches!(checks.listing, Listing::None);
    ((checks.input != Input::Never && !matches!(checks.listing, Listing::None)) || output, output)
}

/// Whether the adapter itself remembers tools that another lists.
pub(super) fn remembers_tools(adapted: &Adapted<'_>) -> bool {
    let checks = &adapted.checks;
    matches!(checks.listing, Listing::Asked { .. }) && checks.shared.is_none() && checked(adapted).0
}

/// What the shared function calls what it is given.
const FUNCTION: &str = "function";
const LIST_TOOLS: &str = "list_tools";

/// Whether the checks can be left to a function that takes the function to call and the one that lists.
pub(super) fn can_be_shared(checks: &Checks) -> bool {
    match (&checks.input, &checks.listing) {
        (Input::Never, _) => !checks.output,
        (Input::Always, Listing::None) => true,
        (Input::Always, Listing::Call(call)) => !call.starts_with('('),
        _ => false,
    }
}

/// The line with which an adapter leaves everything to the function `shared`.
pub(super) fn shared_call(adapted: &Adapted<'_>, shared: &str) -> String {
    let listing = match &adapted.checks.listing {
        Listing::Call(call) if adapted.checks.input != Input::Never => {
            format!(", {}", call.trim_start_matches("await ").trim_end_matches("()"))
        }
        _ => String::new(),
    };
    format!("return await {shared}({}, params{listing})", adapted.function)
}

/// The shared function, for tools of the `forms` and with the `checks` of all that call it.
pub(super) fn shared_function(adapted: &Adapted<'_>, names: &Names<'_, '_, '_>) -> Option<Lines> {
    let mut adapted = adapted.clone();
    adapted.function = FUNCTION;
    let name = adapted.name.clone();
    let head = if adapted.typed {
        let sdk = |name: &str| names.sdk(name, 0);
        let (params, tool, result) = (sdk("CallToolRequestParams")?, sdk("Tool")?, sdk("CallToolResult")?);
        let callable = names.from("collections.abc", "Callable", 0)?;
        let awaitable = names.from("collections.abc", "Awaitable", 0)?;
        let any = names.from("typing", "Any", 0)?;
        let function = format!("{FUNCTION}: {callable}[..., {awaitable}[{any}]]");
        let listing = format!("{LIST_TOOLS}: {callable}[[], {awaitable}[list[{tool}]]] | None = None");
        format!("async def {name}({function}, params: {params}, {listing}) -> {result}:")
    } else {
        format!("async def {name}({FUNCTION}, params, {LIST_TOOLS}=None):")
    };
    if matches!(adapted.checks.listing, Listing::Call(_)) {
        adapted.checks.listing = Listing::Call(format!("(await {LIST_TOOLS}() if {LIST_TOOLS} else [])"));
    }
    let mut lines = vec![(0, head)];
    lines.extend(body(&adapted, names)?);
    Some(lines)
}

pub(super) fn body(adapted: &Adapted<'_>, names: &Names<'_, '_, '_>) -> Option<Lines> {
    let sdk = |name: &str| names.sdk(name, adapted.scope);
    let (result, text) = (sdk("CallToolResult")?, sdk("TextContent")?);
    let checks = &adapted.checks;
    let mut lines = vec![(1, "try:".to_owned())];
    let (is_checked, output) = checked(adapted);
    let mut arguments = "params.arguments or {}".to_owned();
    let tool = adapted.local("tool");
    if is_checked {
        if checks.input != Input::Never {
            let local = adapted.local("arguments");
            lines.push((2, format!("{local} = {arguments}")));
            arguments = local;
        }
        lines.extend(lookup(adapted, names, &tool)?);
        let condition = match &checks.input {
            Input::Always => Some(format!("if {tool}:")),
            Input::If(condition) => Some(format!("if {condition} and {tool}:")),
            Input::Never => None,
        };
        if let Some(condition) = condition {
            lines.push((2, condition));
            lines.extend(validation(adapted, names, (&arguments, &format!("{tool}.input_schema"), "Input"))?);
        }
    }
    let call = format!("await {}(params.name, {arguments})", adapted.function);
    lines.extend(normalised(adapted, names, &call, output)?);
    if checks.asks_for_url {
        let exception = names.from("mcp.shared.exceptions", "UrlElicitationRequiredError", adapted.scope)?;
        lines.push((1, format!("except {exception}:")));
        lines.push((2, "raise".to_owned()));
    }
    lines.push((1, "except Exception as error:".to_owned()));
    lines.push((2, format!("return {result}(content=[{text}(type=\"text\", text=str(error))], is_error=True)")));
    Some(lines)
}

/// Finds the tool that is called.
fn lookup(adapted: &Adapted<'_>, names: &Names<'_, '_, '_>, tool: &str) -> Option<Lines> {
    let mut lines = Lines::new();
    let page = || Some(format!("{}()", names.sdk("PaginatedRequestParams", adapted.scope)?));
    match &adapted.checks.listing {
        Listing::None => {}
        Listing::Call(tools) => {
            lines.push((2, format!("{tool} = next((tool for tool in {tools} if tool.name == params.name), None)")));
        }
        Listing::Remembered { cache, adapter } => {
            lines.push((2, format!("if params.name not in {cache}:")));
            lines.push((3, format!("await {adapter}(ctx, {})", page()?)));
            lines.push((2, format!("{tool} = {cache}.get(params.name)")));
        }
        Listing::Asked { cache } => {
            let result = names.sdk("ListToolsResult", adapted.scope)?;
            let (listing, listed) = (adapted.local("listing"), adapted.local("listed"));
            lines.push((2, format!("{listing} = {}.get_request_handler(\"tools/list\")", adapted.server)));
            lines.push((2, format!("if {listing} and params.name not in {cache}:")));
            lines.push((3, format!("{listed} = await {listing}.handler(ctx, {})", page()?)));
            lines.push((3, format!("if isinstance({listed}, {result}):")));
            lines.push((4, format!("{cache}.update({{tool.name: tool for tool in {listed}.tools}})")));
            lines.push((2, format!("{tool} = {cache}.get(params.name)")));
        }
    }
    Some(lines)
}

fn validation(
    adapted: &Adapted<'_>,
    names: &Names<'_, '_, '_>,
    (value, schema, which): (&str, &str, &str),
) -> Option<Lines> {
    let jsonschema = names.module("jsonschema", adapted.scope)?;
    let text = format!("f\"{which} validation error: {{error.message}}\"");
    Some(vec![
        (3, "try:".to_owned()),
        (4, format!("{jsonschema}.validate({value}, {schema})")),
        (3, format!("except {jsonschema}.ValidationError as error:")),
        (4, format!("raise ValueError({text}) from error")),
    ])
}

/// The result of `call`, of whatever form it is.
fn normalised(adapted: &Adapted<'_>, names: &Names<'_, '_, '_>, call: &str, output: bool) -> Option<Lines> {
    let sdk = |name: &str| names.sdk(name, adapted.scope);
    let (result, text) = (sdk("CallToolResult")?, sdk("TextContent")?);
    let forms = adapted.forms;
    let mut lines = Lines::new();
    if forms.only(Forms::model()) && forms.model {
        return Some(vec![(2, format!("return {call}"))]);
    }
    if forms.only(Forms::many()) {
        return Some(vec![(2, format!("return {result}(content=list({call}))"))]);
    }
    let json = |value: &str| {
        let json = names.module("json", adapted.scope)?;
        Some(format!("[{text}(type=\"text\", text={json}.dumps({value}, indent=2))]"))
    };
    let (pair, dict) = (Forms { pair: true, ..Forms::default() }, Forms { dict: true, ..Forms::default() });
    let (structured, local) = (adapted.local("structured"), adapted.local("content"));
    let mut content = format!("list({local})");
    if forms.only(pair) {
        lines.push((2, format!("{local}, {structured} = {call}")));
    } else if forms.only(dict) {
        lines.push((2, format!("{structured} = {call}")));
        content = json(&structured)?;
    } else {
        let answer = adapted.local("result");
        lines.push((2, format!("{answer} = {call}")));
        if forms.model || forms.other {
            lines.push((2, format!("if isinstance({answer}, {result}):")));
            lines.push((3, format!("return {answer}")));
        }
        if forms.only(Forms { model: true, none: true, ..Forms::many() }) {
            if forms.none {
                lines.push((2, format!("if {answer} is None:")));
                lines.push((3, "raise TypeError(\"Unexpected return type from tool: NoneType\")".to_owned()));
            }
            lines.push((2, format!("return {result}(content=list({answer}))")));
            return Some(lines);
        }
        lines.extend(told_apart(forms, (&answer, &json(&answer)?), (&local, &structured)));
    }
    if output {
        let tool = adapted.local("tool");
        lines.push((2, format!("if {tool} and {tool}.output_schema is not None:")));
        if !forms.only(dict) {
            let text = "Output validation error: outputSchema defined but no structured output returned";
            lines.push((3, format!("if {structured} is None:")));
            lines.push((4, format!("raise ValueError(\"{text}\")")));
        }
        lines.extend(validation(adapted, names, (&structured, &format!("{tool}.output_schema"), "Output"))?);
    }
    lines.push((2, format!("return {result}(content={content}, structured_content={structured})")));
    Some(lines)
}

/// Sets `content` and `structured` by what `answer` is, of which `json` is the text.
fn told_apart(forms: Forms, (answer, json): (&str, &str), (content, structured): (&str, &str)) -> Lines {
    let mut lines = vec![(2, format!("{content}, {structured} = {answer}, None"))];
    let mut word = "if";
    if forms.pair || forms.other {
        lines.push((2, format!("if isinstance({answer}, tuple) and len({answer}) == 2:")));
        lines.push((3, format!("{content}, {structured} = {answer}")));
        word = "elif";
    }
    if forms.dict || forms.other {
        lines.push((2, format!("{word} isinstance({answer}, dict):")));
        lines.push((3, format!("{content} = {json}")));
        lines.push((3, format!("{structured} = {answer}")));
        word = "elif";
    }
    if forms.none || forms.text || forms.bytes || forms.other {
        let text = format!("Unexpected return type from tool: {{type({answer}).__name__}}");
        lines.push((2, format!("{word} not hasattr({answer}, \"__iter__\"):")));
        lines.push((3, format!("raise TypeError(f\"{text}\")")));
    }
    lines
}
