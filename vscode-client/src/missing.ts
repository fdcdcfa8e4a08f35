/** The one message about a server that is not there. */

/** What is missing and what to do about it. */
export function describeMissing(command: string): string {
  const remedy = 'install Gifthorse so that it is on the PATH, or name the program\'s full path in the setting "gifthorse.server.command"';
  return `Gifthorse: the program “${command}” was not found. To start the server, ${remedy}.`;
}
