import { createServer } from 'node:http';
import { DIALECTS, type Said } from './dialects.ts';

export interface Model {
  /** Base address, without a path. */
  readonly url: string;
  close(): Promise<void>;
}

/** A model on the loopback that speaks as every provider does and answers from a script. Requests without a shell get a word. */
export async function startModel(script: (prompt: string, results: number) => Said): Promise<Model> {
  const server = createServer((request, response) => {
    const answer = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const dialect = DIALECTS.find((each) => each.path.test(path));
      if (/count_?tokens$/iu.test(path)) return answer(200, { input_tokens: 1000, totalTokens: 1000 });
      if (request.method === 'GET' || dialect === undefined)
        return answer(dialect === undefined && request.method !== 'GET' ? 404 : 200, {
          object: 'list',
          data: [{ id: 'fake-model', object: 'model', created: 1, owned_by: 'fake' }],
          models: [],
        });
      const asked = dialect.read(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      const said: Said = asked.shell === null ? { kind: 'say', text: 'title' } : script(asked.prompt, asked.results);
      dialect.send(response, said, asked.shell);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
