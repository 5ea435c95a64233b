//! The decorators of the older lowlevel server: what each registered, and what serves instead.

/// A decorator of the older SDK.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// Its name: `list_tools`.
    pub(super) name: &'static str,
    /// The keyword of the newer constructor, and what an adapter is called.
    pub(super) on: &'static str,
    /// The method of the protocol.
    pub(super) method: &'static str,
    /// The class of the parameters.
    pub(super) params: &'static str,
    /// The class of the whole request.
    pub(super) request: &'static str,
    /// The class of the result.
    pub(super) result: &'static str,
    /// What stood between the function and the protocol.
    pub(super) shape: Shape,
}

/// How the older SDK called a function, and what it made of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A list under this field of the result, or the result.
    List(&'static str),
    /// Always a list.
    PlainList(&'static str),
    /// Content of a tool, in any of its forms.
    Tool,
    /// Text, bytes, or several contents.
    Read,
    /// The result itself.
    Prompt,
    /// A completion or nothing.
    Completion,
    /// Nothing; the function is told of a resource.
    Uri,
    /// Nothing; the function is told of a level.
    Level,
    /// A notification.
    Progress,
}

impl Kind {
    /// The decorator called `name`.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// The kind that answers requests of the class called `name`.
    pub(super) fn of_request(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.request == name)
    }

    /// The method of the server that registers the adapter.
    pub(super) fn registering(&self) -> &'static str {
        if self.shape == Shape::Progress { "add_notification_handler" } else { "add_request_handler" }
    }

    /// The method of the newer client that sends it.
    pub(super) fn client(&self) -> &'static str {
        match self.name {
            "completion" => "complete",
            "progress_notification" => "send_progress_notification",
            name => name,
        }
    }

    /// The result class as an annotation; `None` where nothing is answered.
    pub(super) fn answers(&self) -> Option<&'static str> {
        (self.shape != Shape::Progress).then_some(self.result)
    }
}

const fn kind(
    (name, on): (&'static str, &'static str),
    (method, params, request): (&'static str, &'static str, &'static str),
    (result, shape): (&'static str, Shape),
) -> Kind {
    Kind { name, on, method, params, request, result, shape }
}

const PAGE: &str = "PaginatedRequestParams";

/// All of them, as the older SDK defines them.
const KINDS: &[Kind] = &[
    kind(
        ("list_tools", "on_list_tools"),
        ("tools/list", PAGE, "ListToolsRequest"),
        ("ListToolsResult", Shape::List("tools")),
    ),
    kind(
        ("call_tool", "on_call_tool"),
        ("tools/call", "CallToolRequestParams", "CallToolRequest"),
        ("CallToolResult", Shape::Tool),
    ),
    kind(
        ("list_resources", "on_list_resources"),
        ("resources/list", PAGE, "ListResourcesRequest"),
        ("ListResourcesResult", Shape::List("resources")),
    ),
    kind(
        ("list_resource_templates", "on_list_resource_templates"),
        ("resources/templates/list", PAGE, "ListResourceTemplatesRequest"),
        ("ListResourceTemplatesResult", Shape::PlainList("resource_templates")),
    ),
    kind(
        ("read_resource", "on_read_resource"),
        ("resources/read", "ReadResourceRequestParams", "ReadResourceRequest"),
        ("ReadResourceResult", Shape::Read),
    ),
    kind(
        ("subscribe_resource", "on_subscribe_resource"),
        ("resources/subscribe", "SubscribeRequestParams", "SubscribeRequest"),
        ("EmptyResult", Shape::Uri),
    ),
    kind(
        ("unsubscribe_resource", "on_unsubscribe_resource"),
        ("resources/unsubscribe", "UnsubscribeRequestParams", "UnsubscribeRequest"),
        ("EmptyResult", Shape::Uri),
    ),
    kind(
        ("list_prompts", "on_list_prompts"),
        ("prompts/list", PAGE, "ListPromptsRequest"),
        ("ListPromptsResult", Shape::List("prompts")),
    ),
    kind(
        ("get_prompt", "on_get_prompt"),
        ("prompts/get", "GetPromptRequestParams", "GetPromptRequest"),
        ("GetPromptResult", Shape::Prompt),
    ),
    kind(
        ("completion", "on_completion"),
        ("completion/complete", "CompleteRequestParams", "CompleteRequest"),
        ("CompleteResult", Shape::Completion),
    ),
    kind(
        ("set_logging_level", "on_set_logging_level"),
        ("logging/setLevel", "SetLevelRequestParams", "SetLevelRequest"),
        ("EmptyResult", Shape::Level),
    ),
    kind(
        ("progress_notification", "on_progress"),
        ("notifications/progress", "ProgressNotificationParams", "ProgressNotification"),
        ("", Shape::Progress),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_and_method_stands_once() {
        for (at, kind) in KINDS.iter().enumerate() {
            for other in &KINDS[at + 1..] {
                assert!(kind.name != other.name && kind.method != other.method && kind.request != other.request);
            }
        }
    }
}
