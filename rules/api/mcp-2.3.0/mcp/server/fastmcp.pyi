_MESSAGE: str
