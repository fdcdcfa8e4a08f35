"""Outside text in aiohttp."""

import asyncio
import html
import os

from aiohttp import web

routes = web.RouteTableDef()


@routes.get("/hello/{name}")
async def hello(request):
    name = request.match_info["name"]
    if "plain" in request.query:
        return web.Response(text=name)
    if "safe" in request.query:
        return web.Response(text=f"<h1>{html.escape(name)}</h1>", content_type="text/html")
    return web.Response(text=f"<h1>{name}</h1>", content_type="text/html")  # expect: unescaped-html


async def run(request: web.Request):
    data = await request.post()
    await asyncio.create_subprocess_shell("build " + data["target"])  # expect: shell-injection
    await asyncio.create_subprocess_exec("build", "--", data["target"])
    raise web.HTTPFound(data["next"])  # expect: open-redirect


async def download(request):
    name = request.query["name"]
    if ".." in name or name.startswith("/"):
        raise web.HTTPBadRequest()
    return web.FileResponse("/srv/" + name)


async def unchecked(request):
    return web.FileResponse("/srv/" + request.rel_url.query["name"])  # expect: path-from-request


class Page(web.View):
    async def get(self):
        os.remove("/srv/" + self.request.match_info["name"])  # expect: path-from-request


async def talk(request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    async for message in socket:
        os.system("say " + message.data)  # expect: shell-injection
    return socket


app = web.Application()
app.add_routes(routes)
app.add_routes([web.get("/download", download), web.view("/page/{name}", Page)])
app.router.add_post("/run", run)
app.router.add_get("/talk", talk)
app.router.add_route("GET", "/unchecked", unchecked)
