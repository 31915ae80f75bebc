import { type Component, createElement, type FunctionComponent } from 'preact';

/** Draws it only when one of its properties has become another value. */
export function unlessSame<Props extends object>(Inner: FunctionComponent<Props>): FunctionComponent<Props> {
  return function (this: Component<Props>, props: Props) {
    this.shouldComponentUpdate = next => isOther(this.props, next);
    return createElement(Inner, props);
  };
}

function isOther(one: object, other: object): boolean {
  const values = new Map<string, unknown>(Object.entries(other));
  return Object.entries(one).some(([name, value]) => values.get(name) !== value);
}
