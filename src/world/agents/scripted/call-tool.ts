import type { McpServer } from '@agentclientprotocol/sdk';

/** Calls a tool of the first server that the session was given, as a real agent would. Rejects where the answer is an error. */
export async function callTool(
  servers: readonly McpServer[],
  name: string,
  given: Readonly<Record<string, unknown>>,
): Promise<string> {
  const server = servers.find((each) => 'command' in each);
  if (server === undefined || !('command' in server)) throw new Error('the session has no server that can be started');
  const [{ Client }, { StdioClientTransport }] = await Promise.all([
    import('@modelcontextprotocol/client'),
    import('@modelcontextprotocol/client/stdio'),
  ]);
  const client = new Client({ name: 'omk-scripted', version: '1' });
  const env = Object.fromEntries(server.env.map((each) => [each.name, each.value]));
  await client.connect(new StdioClientTransport({ command: server.command, args: [...server.args], env }));
  try {
    const { content, isError } = await client.callTool({ name, arguments: { ...given } });
    const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
    if (isError) throw new Error(text);
    return text;
  } finally {
    await client.close();
  }
}
