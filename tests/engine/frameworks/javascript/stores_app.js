// Outside text in records, prototypes, programs and expressions.
const { execFile } = require("child_process");
const express = require("express");
const _ = require("lodash");
const { JSONPath } = require("jsonpath-plus");
const ldap = require("ldapjs");
const { User } = require("./models");

const app = express();
const settings = {};
const directory = ldap.createClient({ url: "ldaps://dir" });

app.post("/user", async (req, res) => {
  await User.create({ name: String(req.body.name) });
  res.json(await User.create(req.body)); // expect: mass-assignment
});

app.post("/settings", (req, res) => {
  _.merge(settings, req.body); // expect: prototype-pollution
  res.json(settings);
});

app.get("/mirror", (req, res) => {
  execFile("git", ["clone", "--", req.query.url], { timeout: 60000 }, () => res.end());
  execFile("git", ["clone", req.query.url], { timeout: 60000 }, () => res.end()); // expect: argument-injection
});

app.get("/part", (req, res) => {
  res.json(JSONPath({ path: req.query.path, json: settings })); // expect: dynamic-code
});

app.get("/person", (req, res) => {
  const filter = new ldap.EqualityFilter({ attribute: "uid", value: req.query.uid });
  directory.search("o=a", { filter }, () => res.end());
  directory.search("o=a", { filter: `(uid=${req.query.uid})` }, () => res.end()); // expect: ldap-injection
});
