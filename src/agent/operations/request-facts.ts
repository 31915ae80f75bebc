/** What is told of a request that the program serves: read at its end, and only where somebody wants to know. */
import type { CallSite } from './call-site.ts';
import type { OperationFacts, RequestNames } from './follow.ts';
import type { FollowedOperation } from './followed-operation.ts';
import type { RequestSite, RequestSites } from './request-sites.ts';
import { frameworkRoute, pathOf, type Mount } from './route-name.ts';

export class RequestFacts implements OperationFacts, RequestNames {
  route: RequestNames['route'];
  call: string | undefined;
  mounts: Mount[] | undefined;

  constructor(
    readonly kind: 'http' | 'http2',
    private readonly method: string,
    private readonly url: string,
    private readonly sites: RequestSites,
    /** To which a framework ties its route. */
    public request?: unknown,
  ) {}

  /** Asked for at its end. Calls at one address have different names. */
  get site(): CallSite | undefined {
    return this.call === undefined ? this.found().site : undefined;
  }

  name(): string {
    const { name } = this.found();
    return this.call === undefined ? name : `${name} ${this.call}`;
  }

  family(): string {
    return this.sites.ofUrl(this.method, this.url).name;
  }

  detail(): string {
    return `${this.method} ${pathOf(this.url)}`;
  }

  private found(): RequestSite {
    const route = this.toldRoute() ?? frameworkRoute(this.request, this.mounts);
    const { method, sites } = this;
    return route === undefined ? sites.ofUrl(method, this.url) : sites.ofRoute(method, route);
  }

  private toldRoute(): string | undefined {
    return typeof this.route === 'function' ? this.route(pathOf(this.url)) : this.route;
  }
}

/** The request that an operation is, or is a part of. */
export function requestOf(operation: FollowedOperation | undefined): RequestFacts | undefined {
  for (let found = operation; found !== undefined; found = found.parent)
    if (found.facts instanceof RequestFacts) return found.facts;
  return undefined;
}
