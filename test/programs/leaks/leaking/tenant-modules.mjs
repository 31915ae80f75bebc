/** Modules of tenants are made and loaded; the loader never forgets one. */
export const truth = { kind: 'module' };

const moduleOf = tenant =>
  `data:text/javascript,export const tenant = ${tenant}; export const rules = [{ max: ${tenant} }, { min: 1 }];`;

export async function operation(n) {
  const { rules } = await import(moduleOf(n)); // leaks here
  return rules[0].max;
}
