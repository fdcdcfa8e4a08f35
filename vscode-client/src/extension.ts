/**
 * Gifthorse for VS Code: reports where text comes from, shows what the server says of it. The server decides.
 */

import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";
import { Deliveries } from "./deliveries";
import { Marks } from "./marks";
import * as protocol from "./protocol";
import { Regions } from "./regions";
import { Reporter } from "./reporter";
import { reviewCommands } from "./review";
import { SELECTOR, State, chosenCommand, createClient, explainMissing, serverCommand } from "./server";
import { Status } from "./status";

/** Milliseconds without an event after which the statistics are asked for. */
const COUNT_AFTER = 500;

let session: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  session = new Session(context);
  context.subscriptions.push(session);
  await session.start();
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}

/** One window's connection with the server, and everything that shows what it says. */
class Session implements vscode.Disposable {
  private readonly output = vscode.window.createOutputChannel("Gifthorse", { log: true });
  private readonly status = new Status();
  private readonly deliveries = new Deliveries();
  private readonly regions = new Regions((params) => this.request<protocol.RegionsResult>(protocol.REGIONS, params));
  private readonly subscriptions: vscode.Disposable[];
  private client: LanguageClient | undefined;
  private countingSoon: NodeJS.Timeout | undefined;
  private chosen = chosenCommand(); // VS Code calls a setting changed when trust is granted, though it is the same

  constructor(private readonly context: vscode.ExtensionContext) {
    const commands = {
      ...reviewCommands(this.regions, (command, argument) => this.execute(command, argument)),
      "gifthorse.restart": async () => this.restart(),
      "gifthorse.output": async () => this.output.show(),
    };
    this.subscriptions = [
      this.output,
      this.status,
      this.regions,
      new Marks(this.regions),
      new Reporter(
        SELECTOR,
        this.deliveries,
        async (params) => this.client?.sendNotification(protocol.DID_INSERT, params),
        (message) => this.output.warn(message),
      ),
      ...Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run)),
      vscode.window.onDidChangeActiveTextEditor(() => this.count()),
      this.regions.onDidChange(() => this.count()),
      vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach((editor) => this.look(editor.document))),
      vscode.workspace.onDidCloseTextDocument((document) => this.regions.forget(document.uri.toString())),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.client?.sendNotification(protocol.DID_CHANGE_TRUST, { trusted: true })),
      vscode.workspace.onDidChangeConfiguration(async (event) => {
        if (event.affectsConfiguration("gifthorse.server.command") && chosenCommand() !== this.chosen) await this.restart();
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.countingSoon);
    for (const one of this.subscriptions) one.dispose();
  }

  /** Start the server, or say once why that is not possible. */
  async start(): Promise<void> {
    this.status.starting();
    this.chosen = chosenCommand();
    const command = await serverCommand(this.context);
    if (command === undefined) {
      this.status.stopped("The Gifthorse server was not found.");
      void explainMissing().then((again) => (again ? this.restart() : undefined));
      return;
    }
    const client = createClient(command, this.deliveries, this.output, (message) => this.failed(message));
    this.client = client;
    client.onNotification(protocol.STATUS, (params: protocol.StatusParams) => this.status.show(params));
    client.onNotification(protocol.REGIONS_CHANGED, (params: protocol.RegionsChangedParams) => this.regionsChanged(params));
    client.onDidChangeState(({ newState }) => this.running(newState === State.Running));
    try {
      await client.start();
    } catch (error) {
      this.failed(`The Gifthorse server (${command}) could not be started: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client?.needsStop()) await client.stop();
  }

  private async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  private failed(message: string): void {
    this.output.error(message);
    this.status.stopped(message);
    void vscode.window.showErrorMessage(message, "Show Output", "Try Again").then((choice) => {
      if (choice === "Show Output") this.output.show();
      return choice === "Try Again" ? this.restart() : undefined;
    });
  }

  private running(yes: boolean): void {
    void vscode.commands.executeCommand("setContext", "gifthorse.running", yes);
    if (!yes) {
      this.regions.forgetAll();
      return;
    }
    this.status.show({ state: "ready", unreviewed: 0, notAnalysed: [] });
    vscode.window.visibleTextEditors.forEach((editor) => this.look(editor.document));
    this.count();
  }

  /** Ask how much is whose, once nothing has happened for a while: it is for a hover. */
  private count(): void {
    clearTimeout(this.countingSoon);
    this.countingSoon = setTimeout(() => void this.countNow(), COUNT_AFTER);
  }

  private async countNow(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!this.client?.isRunning()) return;
    const known = document !== undefined && vscode.languages.match(SELECTOR, document) > 0;
    const params: protocol.StatisticsParams = known ? { textDocument: { uri: document.uri.toString() } } : {};
    try {
      this.status.count(await this.request<protocol.StatisticsResult>(protocol.STATISTICS, params));
    } catch (error) {
      this.output.warn(`the statistics could not be asked for: ${String(error)}`);
    }
  }

  /** A document came into sight: ask for its Regions. */
  private look(document: vscode.TextDocument): void {
    if (this.client?.isRunning() && vscode.languages.match(SELECTOR, document) > 0) void this.refresh(document.uri.toString());
  }

  private regionsChanged({ uri }: protocol.RegionsChangedParams): void {
    const inSight = vscode.window.visibleTextEditors.find((editor) => this.sameUri(editor.document.uri, uri));
    if (inSight !== undefined) void this.refresh(inSight.document.uri.toString());
  }

  /** The server may spell a URI differently, for instance without the editor's percent signs. */
  private sameUri(one: vscode.Uri, other: string): boolean {
    return one.toString() === other || one.toString() === vscode.Uri.parse(other).toString();
  }

  private async refresh(uri: string): Promise<void> {
    await this.regions.refresh(uri).catch((error: unknown) => this.output.warn(`the regions could not be asked for: ${String(error)}`));
  }

  private async request<T>(method: string, params: object): Promise<T> {
    if (!this.client?.isRunning()) throw new Error("the Gifthorse server is not running");
    return this.client.sendRequest<T>(method, params);
  }

  /** Have the server carry a command out; what it objects to is shown. */
  private async execute(command: string, argument: object): Promise<unknown> {
    try {
      return await this.request(ExecuteCommandRequest.method, { command, arguments: [argument] });
    } catch (error) {
      void vscode.window.showErrorMessage(`Gifthorse: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
}
