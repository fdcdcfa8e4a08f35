"""The one abstract evaluator of Facts: names, constants, containers, calls."""
