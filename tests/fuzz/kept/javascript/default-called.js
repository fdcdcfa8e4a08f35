const m = require("x");
m.default();
import("y").then(n => n.default());
object.prototype();
