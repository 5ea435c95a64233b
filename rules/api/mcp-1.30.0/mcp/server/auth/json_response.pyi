from typing import Any as Any
from starlette.responses import JSONResponse as JSONResponse
class PydanticJSONResponse(JSONResponse):
    def render(self, content: Any) -> bytes: ...
