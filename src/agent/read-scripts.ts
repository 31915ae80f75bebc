/** Texts of scripts as V8 runs them, read in the thread itself through its own inspector session. */
import type { Session } from 'node:inspector';
import type { BriefSessions } from './brief-sessions.ts';
import type { ScriptText } from './collector/contract.ts';

interface ScriptParsed {
  scriptId: string;
  url: string;
  startLine: number;
  startColumn: number;
}

/**
 * Stops the thread for 0.1–0.5 ms per script plus V8's hashing of all loaded scripts. Scripts that V8 has
 * collected meanwhile are missing from the answer.
 */
export function readScripts(scriptIds: readonly string[], sessions: BriefSessions): ScriptText[] {
  return sessions.use(session => {
    const parsed = new Map<string, ScriptParsed>();
    const note = ({ params }: { params: ScriptParsed }) => parsed.set(params.scriptId, params);
    session.on('Debugger.scriptParsed', note);
    try {
      session.post('Debugger.enable');
      session.post('Debugger.setSkipAllPauses', { skip: true });
      return scriptIds.flatMap(scriptId => {
        const script = parsed.get(scriptId);
        const text = script && sourceOf(session, scriptId);
        return text === undefined || !script ? [] : [{ ...script, scriptId, text }];
      });
    } finally {
      session.post('Debugger.disable');
      session.off('Debugger.scriptParsed', note);
    }
  });
}

function sourceOf(session: Session, scriptId: string): string | undefined {
  let text: string | undefined;
  session.post('Debugger.getScriptSource', { scriptId }, (_error, result) => (text = result?.scriptSource));
  return text;
}
