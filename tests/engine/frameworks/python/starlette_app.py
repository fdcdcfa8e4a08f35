"""Outside text in Starlette."""

import html
import subprocess

from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse
from starlette.routing import Route, WebSocketRoute


async def home(request):
    name = request.query_params["name"]
    if name == "admin":
        return HTMLResponse(f"<h1>{name}</h1>")
    if "nice" in request.headers:
        return HTMLResponse(f"<h1>{html.escape(name)}</h1>")
    return HTMLResponse(f"<h1>{name}</h1>")  # expect: unescaped-html


async def run(request):
    form = await request.form()
    subprocess.run("build " + form["target"], shell=True, timeout=5)  # expect: shell-injection
    return RedirectResponse(form["next"])  # expect: open-redirect


class Download(HTTPEndpoint):
    async def get(self, request):
        return FileResponse("/srv/" + request.path_params["name"])  # expect: path-from-request

    async def post(self, request):
        body = await request.json()
        return FileResponse(f"/srv/{int(body['number'])}.txt")


async def talk(websocket):
    await websocket.accept()
    text = await websocket.receive_text()
    subprocess.run("say " + text, shell=True, timeout=5)  # expect: shell-injection


app = Starlette(
    routes=[
        Route("/", home),
        Route("/run", endpoint=run, methods=["POST"]),
        Route("/files/{name}", Download),
        WebSocketRoute("/talk", talk),
    ]
)
