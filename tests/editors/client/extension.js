// Starts the program that GIFTHORSE_TEST_CLIENT names (a list in JSON) as a language server. Nothing here knows what it is.
"use strict";
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

exports.activate = async () => {
  const [command, ...args] = JSON.parse(process.env.GIFTHORSE_TEST_CLIENT);
  const options = { documentSelector: [{ scheme: "file", language: "python" }] };
  client = new LanguageClient("test-client", "Test client", { command, args, transport: TransportKind.stdio }, options);
  await client.start();
};

exports.deactivate = () => client?.stop();
