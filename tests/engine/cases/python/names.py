"""Names through imports, aliases, attributes, containers and classes."""
import os
import os as system
import requests
import requests as web
from os import system as run
from requests import Session, get as fetch

os.system("a")  # expect: shell
system.system("a")  # expect: shell
run("a")  # expect: shell
fetch(url, verify=False)  # expect: tls
web.post(url, verify=False)  # expect: tls
Session().get(url, verify=False)  # expect: tls

session = Session()
session.get(url, verify=False)  # expect: tls
alias = session
alias.put(url, verify=False)  # expect: tls

methods = {"get": requests.get, "post": requests.post}
methods["get"](url, verify=False)  # expect: tls
first, second = requests.get, os.system
first(url, verify=False)  # expect: tls
second("a")  # expect: shell
[requests.get][0](url, verify=False)  # expect: tls


class Client:
    timeout = 3

    def __init__(self, base):
        self.session = requests.Session()
        self.runner = os.system
        self.base = base

    def load(self, path):
        return self.session.get(self.base + path, verify=False)  # expect: tls

    def run(self):
        self.runner("a")  # expect: shell

    def safe(self, path):
        return self.session.get(path, verify=True)


class Other(Client):
    def more(self):
        self.session.get(path, verify=False)  # expect: tls


Client("a").runner("b")  # expect: shell


def typed(session: requests.Session):
    session.get(url, verify=False)  # expect: tls


with requests.Session() as opened:
    opened.get(url, verify=False)  # expect: tls

for call in (os.system, print):
    call("a")  # expect: shell

if (late := os.system):
    late("a")  # expect: shell

os.path.join("a", "b")
unknown.get(url, verify=False)
