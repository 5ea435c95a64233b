from mcp.client.session import ClientRequestContext as ClientRequestContext
__all__ = ["ClientRequestContext"]
