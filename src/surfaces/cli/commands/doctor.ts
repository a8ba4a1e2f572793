import type { Finding } from './doctor-finding.ts';
import { makeFolders } from '../../../app/use/doctor.ts';
import { readAncestor } from '../../../app/use/import.ts';
import { access, constants } from 'node:fs/promises';
import { OmkError } from '../../../domain/error.ts';
import { lostStrays } from '../../../app/strays.ts';
import { openWorld, type Live } from '../../../app/compose.ts';
import { listImported } from '../../../app/imported.ts';
import { printJson, type Output } from '../output/print.ts';
import { ancestorStateDirs, stateDir } from '../../../app/paths.ts';
import { showBytes } from '../text/bytes.ts';
import { many } from '../text/many.ts';
import { VERSION } from '../../../app/version.ts';
import { agentFinding } from './doctor-agent.ts';
import { environment } from '../../../app/here.ts';

/** Looks, changes nothing of the user's, and says how to mend what is missing. */
export async function doctor(output: Output, options: { readonly quick: boolean }): Promise<number> {
  const directory = stateDir(environment());
  const state = await stateFinding(directory);
  const findings: Finding[] = [
    {
      what: 'omk',
      state: 'ok',
      text: `${VERSION} on Node ${process.versions.node}, ${process.platform} ${process.arch}`,
      fix: '',
    },
    state,
    ...(await ancestorFinding(directory)),
  ];
  if (state.state === 'ok') {
    const world = await openWorld(environment());
    try {
      findings.push(await diskFinding(world));
      findings.push(
        await finding(
          'git',
          () => world.git.version(),
          (version) => version,
        ),
      );
      const sandbox = await world.sandboxes.detect();
      findings.push(
        sandbox.kind === 'none'
          ? {
              what: 'sandbox',
              state: 'limited',
              text: `none: ${sandbox.why}; runs work, and their proof says so`,
              fix:
                process.platform === 'linux'
                  ? 'install bubblewrap (for example: apt-get install bubblewrap)'
                  : 'use Linux with bubblewrap for a sandbox',
            }
          : { what: 'sandbox', state: 'ok', text: `${sandbox.kind} ${sandbox.version}`, fix: '' },
      );
      const lost = lostStrays();
      if (lost !== null)
        findings.push({
          what: 'processes',
          state: 'limited',
          text: `${lost}; what an agent leaves running may outlive its turn`,
          fix: process.platform === 'linux' ? 'install util-linux' : 'use Linux with bubblewrap',
        });
      const agents = (await world.agents.find()).filter((agent) => agent.name !== 'scripted');
      findings.push(...(await Promise.all(agents.map((agent) => agentFinding(world.agents, agent, options.quick)))));
      if (agents.every((agent) => agent.spec === null))
        findings.push({
          what: 'agents',
          state: 'missing',
          text: 'no agent is installed',
          fix: 'install one of the above, or use --agent "<any ACP command line>"',
        });
    } finally {
      await world.store.close();
    }
  }
  if (output.json) printJson(output, findings);
  else
    for (const { what, state: how, text, fix } of findings) {
      output.out(`${how.padEnd(8)}  ${what}: ${text}`);
      if (fix !== '') output.out(`          ${fix}`);
    }
  return findings.some((each) => each.state === 'missing') ? 4 : 0;
}

async function stateFinding(directory: string): Promise<Finding> {
  try {
    makeFolders(directory);
    await access(directory, constants.W_OK | constants.X_OK);
    return { what: 'state', state: 'ok', text: directory, fix: '' };
  } catch {
    return {
      what: 'state',
      state: 'missing',
      text: `${directory} cannot be written`,
      fix: 'set OMK_STATE_DIR to a directory of yours',
    };
  }
}

/** Goals of omk 0.5.0 that are on this machine, beside the state of this omk or where that one kept its own. */
async function ancestorFinding(directory: string): Promise<readonly Finding[]> {
  const imported = new Set((await listImported()).map(({ goal }) => goal));
  const found: Finding[] = [];
  for (const place of new Set([directory, ...ancestorPlaces()])) {
    const goals = await readAncestor(place);
    const news = goals.filter(({ goal }) => !imported.has(goal)).length;
    if (news > 0)
      found.push({
        what: 'omk 0.5.0',
        state: 'ok',
        text: `${many(news, 'goal')} of it in ${place}, not imported; this omk leaves them as they are`,
        fix: `omk import 0.5.0 --from ${/[^\w./-]/u.test(place) ? `'${place}'` : place}`,
      });
  }
  return found;
}

/** Without a home there is none to look in. */
function ancestorPlaces(): readonly string[] {
  try {
    return ancestorStateDirs(environment());
  } catch (error) {
    if (error instanceof OmkError) return [];
    throw error;
  }
}

/** The largest parts of the state directory. */
async function diskFinding(world: Live): Promise<Finding> {
  const sizes = [...(await world.files.garbage.sizes())];
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  const largest = sizes.slice(0, 4).map(([name, bytes]) => `${name} ${showBytes(bytes)}`);
  return {
    what: 'disk',
    state: 'ok',
    text: `${showBytes(total)} in use: ${largest.join(', ')}; omk gc --dry-run`,
    fix: '',
  };
}

async function finding(what: string, look: () => Promise<string>, text: (found: string) => string): Promise<Finding> {
  try {
    return { what, state: 'ok', text: text(await look()), fix: '' };
  } catch (error) {
    if (!(error instanceof OmkError)) throw error;
    return { what, state: 'missing', text: error.message, fix: error.fix };
  }
}
