"""Outside text in Django."""

import subprocess

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.html import escape
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View


def search(request: HttpRequest):
    term = request.GET.get("q", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM page WHERE title = '%s'" % term)  # expect: sql-injection
        cursor.execute("SELECT id FROM page WHERE title = %s", [term])
    return HttpResponse(f"<p>{term}</p>")  # expect: unescaped-html


def shown(request):
    return HttpResponse(f"<p>{escape(request.GET['q'])}</p>")


def leave(request):
    target = request.POST["next"]
    if url_has_allowed_host_and_scheme(target, allowed_hosts={"site.example"}):
        return HttpResponseRedirect(target)
    return render(request, "leave.html", {"target": target})


def convert(request, name):
    subprocess.run("convert " + name, shell=True, timeout=5)  # expect: shell-injection
    return HttpResponseRedirect(request.META["HTTP_REFERER"])  # expect: open-redirect


class Download(View):
    def get(self, request, name):
        with open("/srv/files/" + name) as file:  # expect: path-from-request
            return HttpResponse(file.read(), content_type="text/plain")


urlpatterns = [path("convert/<name>", convert), path("search", search), path("shown", shown), path("leave", leave)]
