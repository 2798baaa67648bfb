type Version = readonly [number, number, number];

function parse(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map((part) => Number.parseInt(part, 10));
  return [major, minor, patch];
}

function compare(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

const OPERATORS: Readonly<Record<string, (version: Version, bound: Version, given: string) => boolean>> = {
  '=': (version, bound) => compare(version, bound) === 0,
  '!=': (version, bound) => compare(version, bound) !== 0,
  '>': (version, bound) => compare(version, bound) > 0,
  '>=': (version, bound) => compare(version, bound) >= 0,
  '<': (version, bound) => compare(version, bound) < 0,
  '<=': (version, bound) => compare(version, bound) <= 0,
  // Only the last part that is given may grow.
  '~>': (version, bound, given) => {
    const fixed = given.split('.').length - 1;
    return compare(version, bound) >= 0 && bound.slice(0, fixed).every((part, index) => part === version[index]);
  },
};

/** Whether a version satisfies a Terraform version constraint such as `~> 7.45, != 7.46.0`. */
export function admits(constraint: string, version: string): boolean {
  return constraint.split(',').every((part) => {
    const [, operator = '=', given = ''] = /^\s*(=|!=|>=?|<=?|~>)?\s*v?([0-9][0-9.]*)/.exec(part) ?? [];
    const check = OPERATORS[operator || '='];
    return given !== '' && check !== undefined && check(parse(version), parse(given), given);
  });
}
