"""Errors of an interface are made from a table."""
CODES = {400: "BadRequest", 403: "Forbidden", 404: "NotFound", 429: "TooManyRequests"}


class ApiError(Exception):
    code = 500

    def __init__(self, detail="", **more):
        super().__init__(detail or type(self).__name__)
        self.detail = detail
        vars(self).update(more)


for _code, _name in CODES.items():
    globals()[_name] = type(_name, (ApiError,), {"code": _code, "__doc__": f"Status {_code}."})

BY_CODE = {kind.code: kind for kind in ApiError.__subclasses__()}


def raise_for(code, detail=""):
    raise BY_CODE.get(code, ApiError)(detail)
