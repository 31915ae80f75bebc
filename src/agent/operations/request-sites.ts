/**
 * Where requests that are alike are counted, and how they are named. Found by the texts that a request comes with, for as
 * long as requests are not slow their names are not put together.
 */
import { CallSite } from './call-site.ts';
import type { PathNames } from './path-names.ts';

/** Clients send what they like; so many are kept of those that come again. */
const MOST_KEPT = 2000;

export interface RequestSite {
  readonly name: string;
  readonly site: CallSite;
}

/** Of the requests of one kind. */
export class RequestSites {
  private readonly byUrl = new KeptSites();
  private readonly byRoute = new KeptSites();

  constructor(private readonly names: PathNames) {}

  /** Of a request whose route nobody tells. */
  ofUrl(method: string, url: string): RequestSite {
    return (
      this.byUrl.get(method, url) ?? this.byUrl.put(method, url, this.ofRoute(method, this.names.of(url)))
    );
  }

  ofRoute(method: string, route: string): RequestSite {
    return (
      this.byRoute.get(method, route) ??
      this.byRoute.put(method, route, { name: `${method} ${route}`, site: new CallSite() })
    );
  }
}

/** To look twice takes less time than to join two texts and look once. */
class KeptSites {
  private readonly byMethod = new Map<string, Map<string, RequestSite>>();
  private size = 0;

  get(method: string, text: string): RequestSite | undefined {
    return this.byMethod.get(method)?.get(text);
  }

  put(method: string, text: string, site: RequestSite): RequestSite {
    if (this.size++ >= MOST_KEPT) this.clear();
    const ofMethod = this.byMethod.get(method);
    if (ofMethod) ofMethod.set(text, site);
    else this.byMethod.set(method, new Map([[text, site]]));
    return site;
  }

  private clear(): void {
    this.byMethod.clear();
    this.size = 1;
  }
}
