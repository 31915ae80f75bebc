/** What may leave: the events and properties of telemetry.json and nothing else. Pure. */

/** telemetry.json, in VS Code's format. */
export interface Listing {
  readonly events: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly commonProperties: Readonly<Record<string, unknown>>;
}

/** What is sent of an event, in Application Insights' format. */
interface Envelope {
  readonly time: string;
  readonly iKey: string;
  readonly name: string;
  readonly data: {
    readonly baseType: 'EventData';
    readonly baseData: {
      readonly ver: 2;
      /** `slowcatch.slowcatch/command`. */
      readonly name: string;
      readonly properties: Readonly<Record<string, string>>;
    };
  };
}

/** Names and codes of ours: a path, an address or a sentence is none. */
const WORD = /^[\w.-]{1,60}$/;

/**
 * What is listed of a body of events as the reporter has composed it: without ids of machine and session, without
 * properties that others have added; undefined when nothing is left. Throws for what is no JSON.
 */
export function listedOnly(body: string, listing: Listing): string | undefined {
  const parsed: unknown = JSON.parse(body);
  const envelopes = (Array.isArray(parsed) ? parsed : [parsed]).flatMap(each =>
    listedEnvelope(each, listing),
  );
  return envelopes.length === 0 ? undefined : JSON.stringify(envelopes);
}

function listedEnvelope(found: unknown, { events, commonProperties }: Listing): Envelope[] {
  const { time, iKey, name, data } = fields(found);
  const { baseType, baseData } = fields(data);
  const { name: event, properties } = fields(baseData);
  if (baseType !== 'EventData' || ![time, iKey, name, event].every(isText)) return [];
  const own = String(event).replace(/^.*\//, '');
  if (!Object.hasOwn(events, own)) return [];
  const allowed = new Set([...Object.keys(events[own] ?? {}), ...Object.keys(commonProperties)]);
  const kept = Object.entries(fields(properties)).filter(
    (entry): entry is [string, string] => allowed.has(entry[0]) && isText(entry[1]) && WORD.test(entry[1]),
  );
  const listed = { ver: 2, name: String(event), properties: Object.fromEntries(kept) } as const;
  return [
    {
      ...{ time: String(time), iKey: String(iKey), name: String(name) },
      data: { baseType, baseData: listed },
    },
  ];
}

const isText = (value: unknown): value is string => typeof value === 'string';

const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
