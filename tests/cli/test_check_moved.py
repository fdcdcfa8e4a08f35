"""`gifthorse check`: a control that moved into another file of the same change is not gone."""

import json

HELD = """def delete(request, pk):
    if not request.user.is_admin:
        raise PermissionDenied()
    Item.objects.get(pk=pk).delete()
"""
BARE = """def delete(request, pk):
    Item.objects.get(pk=pk).delete()
"""
HELPER = """class AdminsOnly:
    def process_view(self, request):
        if not request.user.is_admin:
            raise PermissionDenied()
"""


def rules(gifthorse, repository):
    result = gifthorse("check", "--range", "HEAD~1..HEAD", "--all", "--format", "json", cwd=repository.root)
    return {one["rule"] for one in json.loads(result.stdout)["findings"]}


def test_a_check_that_another_file_has_now_is_not_gone(gifthorse, repository):
    repository.commit("Start", views__py=HELD, middleware__py="import a\n")
    repository.commit("Move", views__py=BARE, middleware__py="import a\n\n\n" + HELPER)
    assert "control-removed" not in rules(gifthorse, repository)


def test_a_check_that_no_file_has_is_gone(gifthorse, repository):
    repository.commit("Start", views__py=HELD, middleware__py="import a\n")
    repository.commit("Drop", views__py=BARE, middleware__py="import a\n\n\nclass Other:\n    pass\n")
    assert "control-removed" in rules(gifthorse, repository)
