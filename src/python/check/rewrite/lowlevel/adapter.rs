//! The adapters: functions of the newer SDK's shape that call what the older SDK called and make of its answer what the
//! decorators made of it. Each is as short as what is known of the function allows.

use super::kinds::{Kind, Shape};
use super::names::Names;
use super::returns::Forms;
use super::tools;

/// Lines of code with their depths.
pub(super) type Lines = Vec<(usize, String)>;

/// Everything an adapter is made of.
#[derive(Debug, Clone)]
pub(super) struct Adapted<'k> {
    pub(super) kind: &'static Kind,
    /// What the adapter is called.
    pub(super) name: String,
    /// The function, as the adapter calls it.
    pub(super) function: &'k str,
    /// The server, as it is written.
    pub(super) server: &'k str,
    /// The scope that the adapter stands in.
    pub(super) scope: usize,
    /// Whether the code around it has annotations.
    pub(super) typed: bool,
    pub(super) forms: Forms,
    /// How the function takes the request, if it does: the keyword, or nothing for a position.
    pub(super) takes_request: Option<Option<String>>,
    /// Whether the function's parameter is annotated as text.
    pub(super) takes_text: bool,
    /// Whether the arguments of a prompt must be a dictionary, were it an empty one.
    pub(super) takes_dict: bool,
    /// Whether the constructor takes the adapter.
    pub(super) in_constructor: bool,
    /// The variable that remembers the context.
    pub(super) remembers: Option<String>,
    /// Of a listing of tools: the variable that tools are remembered in.
    pub(super) cache: Option<String>,
    /// Whether the function takes the request as it was, and answers the result.
    pub(super) is_raw: bool,
    /// Of a tool: how it is checked.
    pub(super) checks: tools::Checks,
}

impl Adapted<'_> {
    /// A variable of the adapter, which must not hide what it calls.
    pub(super) fn local(&self, name: &str) -> String {
        let first = |path: &str| path.split(['.', '(']).next() == Some(name);
        let is_taken = first(self.function) || first(self.server) || self.checks.listing.calls(name);
        if is_taken { format!("{name}_") } else { name.to_owned() }
    }
}

/// The lines of an adapter; `None` when a name that it needs is taken.
pub(super) fn lines(adapted: &Adapted<'_>, names: &Names<'_, '_, '_>) -> Option<Lines> {
    let (kind, scope) = (adapted.kind, adapted.scope);
    let sdk = |name: &str| names.sdk(name, scope);
    let mut lines = vec![(0, signature(adapted, names)?)];
    if let Some(variable) = &adapted.remembers {
        lines.push((1, format!("{variable}.set(ctx)")));
    }
    let function = adapted.function;
    match kind.shape {
        shape if adapted.is_raw => {
            let word = if shape == Shape::Progress { "await" } else { "return await" };
            lines.push((1, format!("{word} {function}({}(params=params))", sdk(kind.request)?)));
        }
        Shape::List(field) | Shape::PlainList(field) => lines.extend(listing(adapted, names, field)?),
        Shape::Tool => match &adapted.checks.shared {
            Some(shared) => lines.push((1, tools::shared_call(adapted, shared))),
            None => lines.extend(tools::body(adapted, names)?),
        },
        Shape::Read => lines.extend(reading(adapted, names)?),
        Shape::Prompt => {
            let arguments = if adapted.takes_dict { "params.arguments or {}" } else { "params.arguments" };
            lines.push((1, format!("return await {function}(params.name, {arguments})")));
        }
        Shape::Completion => {
            let call = format!("await {function}(params.ref, params.argument, params.context)");
            let (result, completion) = (sdk(kind.result)?, sdk("Completion")?);
            if adapted.forms.only(Forms::model()) {
                lines.push((1, format!("return {result}(completion={call})")));
            } else {
                let local = adapted.local("completion");
                lines.push((1, format!("{local} = {call}")));
                lines.push((1, format!("return {result}(completion={local} or {completion}(values=[]))")));
            }
        }
        Shape::Uri => {
            lines.push((1, format!("await {function}({})", uri(adapted, names)?)));
            lines.push((1, format!("return {}()", sdk(kind.result)?)));
        }
        Shape::Level => {
            lines.push((1, format!("await {function}(params.level)")));
            lines.push((1, format!("return {}()", sdk(kind.result)?)));
        }
        Shape::Progress => {
            let passed = "params.progress_token, params.progress, params.total, params.message";
            lines.push((1, format!("await {function}({passed})")));
        }
    }
    Some(lines)
}

/// The line that registers the adapter.
pub(super) fn registration(adapted: &Adapted<'_>, names: &Names<'_, '_, '_>) -> Option<String> {
    let kind = adapted.kind;
    let params = names.sdk(kind.params, adapted.scope)?;
    Some(format!("{}.{}(\"{}\", {params}, {})", adapted.server, kind.registering(), kind.method, adapted.name))
}

fn signature(adapted: &Adapted<'_>, names: &Names<'_, '_, '_>) -> Option<String> {
    let name = &adapted.name;
    if !adapted.typed {
        return Some(format!("async def {name}(ctx, params):"));
    }
    let context = names.context(adapted.scope)?;
    // The constructor's annotation allows for pages that nobody asked for.
    let may_lack = adapted.in_constructor && matches!(adapted.kind.shape, Shape::List(_) | Shape::PlainList(_));
    let or_none = if may_lack { " | None" } else { "" };
    let params = format!("{}{or_none}", names.sdk(adapted.kind.params, adapted.scope)?);
    let answers = match adapted.kind.answers() {
        // Whatever it was wrapped in is any of the results now.
        Some(_) if adapted.is_raw => names.sdk("ServerResult", adapted.scope)?,
        Some(result) => names.sdk(result, adapted.scope)?,
        None => "None".to_owned(),
    };
    Some(format!("async def {name}(ctx: {context}, params: {params}) -> {answers}:"))
}

fn listing(adapted: &Adapted<'_>, names: &Names<'_, '_, '_>, field: &str) -> Option<Lines> {
    let (kind, forms) = (adapted.kind, adapted.forms);
    let result = || names.sdk(kind.result, adapted.scope);
    let passed = match &adapted.takes_request {
        None => String::new(),
        Some(keyword) => {
            let request = format!("{}(params=params)", names.sdk(kind.request, adapted.scope)?);
            keyword.as_ref().map_or(request.clone(), |keyword| format!("{keyword}={request}"))
        }
    };
    let call = format!("await {}({passed})", adapted.function);
    let is_list = forms.only(Forms::many()) || matches!(kind.shape, Shape::PlainList(_));
    let listed = |value: &str| {
        // The model takes any sequence, its annotation only a list.
        if forms.iterable { format!("list({value})") } else { value.to_owned() }
    };
    let remember = |tools: &str| {
        adapted.cache.as_ref().map(|cache| (1, format!("{cache}.update({{tool.name: tool for tool in {tools}}})")))
    };
    let mut lines = Lines::new();
    if is_list && adapted.cache.is_none() {
        lines.push((1, format!("return {}({field}={})", result()?, listed(&call))));
    } else if is_list {
        let local = adapted.local(field);
        lines.push((1, format!("{local} = {}", listed(&call))));
        lines.extend(adapted.cache.as_ref().map(|cache| (1, format!("{cache}.clear()"))));
        lines.extend(remember(&local));
        lines.push((1, format!("return {}({field}={local})", result()?)));
    } else if forms.only(Forms::model()) && adapted.cache.is_none() {
        lines.push((1, format!("return {call}")));
    } else {
        let local = adapted.local("result");
        lines.push((1, format!("{local} = {call}")));
        if !forms.only(Forms::model()) {
            lines.push((1, format!("if not isinstance({local}, {}):", result()?)));
            lines.push((2, format!("{local} = {}({field}={local})", result()?)));
        }
        lines.extend(remember(&format!("{local}.{field}")));
        lines.push((1, format!("return {local}")));
    }
    Some(lines)
}

/// The resource's address as the function takes it, which the older SDK wrote in its own way.
fn uri(adapted: &Adapted<'_>, names: &Names<'_, '_, '_>) -> Option<String> {
    let uri = format!("{}(params.uri)", names.from("pydantic", "AnyUrl", adapted.scope)?);
    Some(if adapted.takes_text { format!("str({uri})") } else { uri })
}

fn reading(adapted: &Adapted<'_>, names: &Names<'_, '_, '_>) -> Option<Lines> {
    let sdk = |name: &str| names.sdk(name, adapted.scope);
    let forms = adapted.forms;
    let result = sdk(adapted.kind.result)?;
    if forms.only(Forms::model()) && forms.model {
        return Some(vec![(1, format!("return await {}({})", adapted.function, uri(adapted, names)?))]);
    }
    let address = adapted.local("uri");
    let mut lines = vec![(1, format!("{address} = {}", uri(adapted, names)?))];
    let call = format!("await {}({address})", adapted.function);
    let address = if adapted.takes_text { address } else { format!("str({address})") };
    let (is_text, is_bytes) = (Forms { text: true, ..Forms::default() }, Forms { bytes: true, ..Forms::default() });
    let (contents, data) = (adapted.local("contents"), adapted.local("data"));
    if forms.only(is_text) && forms.text {
        let class = sdk("TextResourceContents")?;
        let text = adapted.local("text");
        lines.push((1, format!("{text} = {call}")));
        lines.push((1, format!("{contents} = {class}(uri={address}, text={text}, mime_type=\"text/plain\")")));
        lines.push((1, format!("return {result}(contents=[{contents}])")));
        return Some(lines);
    }
    if forms.only(is_bytes) && forms.bytes {
        let (class, encode) = (sdk("BlobResourceContents")?, names.module("base64", adapted.scope)?);
        let mime_type = "mime_type=\"application/octet-stream\"";
        lines.push((1, format!("{data} = {encode}.b64encode({call}).decode()")));
        lines.push((1, format!("{contents} = {class}(uri={address}, blob={data}, {mime_type})")));
        lines.push((1, format!("return {result}(contents=[{contents}])")));
        return Some(lines);
    }
    let (text, blob) = (sdk("TextResourceContents")?, sdk("BlobResourceContents")?);
    let encode = names.module("base64", adapted.scope)?;
    let (items, item, mime_type) = (adapted.local("result"), adapted.local("item"), adapted.local("mime_type"));
    let mut through = call.clone();
    if !forms.only(Forms::many()) {
        let class = names.from("mcp.server.lowlevel.helper_types", "ReadResourceContents", adapted.scope)?;
        lines.push((1, format!("{items} = {call}")));
        lines.push((1, format!("if isinstance({items}, str | bytes):")));
        lines.push((2, format!("{items} = [{class}({items})]")));
        through = items;
    }
    let annotation = if adapted.typed { format!(": list[{text} | {blob}]") } else { String::new() };
    lines.push((1, format!("{contents}{annotation} = []")));
    lines.push((1, format!("for {item} in {through}:")));
    lines.push((2, format!("if isinstance({item}.content, bytes):")));
    lines.push((3, format!("{data} = {encode}.b64encode({item}.content).decode()")));
    lines.push((3, format!("{mime_type} = {item}.mime_type or \"application/octet-stream\"")));
    let blob = format!("{blob}(uri={address}, blob={data}, mime_type={mime_type}, _meta={item}.meta)");
    lines.push((3, format!("{contents}.append({blob})")));
    lines.push((2, "else:".to_owned()));
    lines.push((3, format!("{mime_type} = {item}.mime_type or \"text/plain\"")));
    let text = format!("{text}(uri={address}, text={item}.content, mime_type={mime_type}, _meta={item}.meta)");
    lines.push((3, format!("{contents}.append({text})")));
    lines.push((1, format!("return {result}(contents={contents})")));
    Some(lines)
}
