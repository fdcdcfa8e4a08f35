"""Outside text in FastAPI."""

import sqlite3
import subprocess

import httpx
from fastapi import APIRouter, Depends, FastAPI, Header, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel

app = FastAPI()
router = APIRouter()


class Job(BaseModel):
    command: str


def database():
    return sqlite3.connect("shop.db")


@app.get("/items/{kind}")
async def items(kind: str, limit: int, connection=Depends(database)):
    connection.execute(f"SELECT * FROM items WHERE kind = '{kind}'")  # expect: sql-injection
    connection.execute(f"SELECT * FROM items LIMIT {limit}")
    connection.execute("SELECT * FROM items WHERE kind = ?", (kind,))


@router.post("/jobs")
def start(job: Job):
    subprocess.run(job.command, shell=True, timeout=5)  # expect: shell-injection
    subprocess.run(["build", "--", job.command], timeout=5)


@app.get("/page", response_class=HTMLResponse)
async def page(request: Request, agent: str = Header()):
    title = request.query_params["title"]
    if title not in ("start", "end"):
        return HTMLResponse("<h1>" + title + "</h1>")  # expect: unescaped-html
    return HTMLResponse("<h1>" + title + "</h1>")


@app.get("/fetch")
async def fetch(url: str):
    async with httpx.AsyncClient(timeout=5) as client:
        await client.get(url)  # expect: request-forgery
    return RedirectResponse(url)  # expect: open-redirect
