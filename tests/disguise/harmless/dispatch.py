"""Commands of a tool, found by the names of methods."""
import argparse
import sys


class Tool:
    def do_list(self, options):
        return ["a", "b"][: options.most]

    def do_show(self, options):
        return options.name

    def run(self, argv):
        parser = argparse.ArgumentParser()
        parser.add_argument("command", choices=[name[3:] for name in dir(self) if name.startswith("do_")])
        parser.add_argument("--most", type=int, default=10)
        parser.add_argument("--name", default="")
        options = parser.parse_args(argv)
        return getattr(self, "do_" + options.command)(options)


if __name__ == "__main__":
    print(Tool().run(sys.argv[1:]))
