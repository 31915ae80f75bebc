import { describe, expect, test } from 'vitest';
import { refusePermissionModel } from '../../../src/collect/permission-model.ts';

const refused = { code: 'permission-model' };
const check =
  (command: string, nodeOptions = '') =>
  () =>
    refusePermissionModel(command === '' ? [] : command.split(' '), nodeOptions);

describe('the permission model', () => {
  test.each([
    '--permission app.js',
    '--experimental-permission app.js',
    '-r ./setup.cjs --permission app.js',
    '--env-file .env --permission app.js',
    '--permission',
  ])('is refused in: node %s', command => {
    expect(check(command)).toThrow(expect.objectContaining(refused));
  });

  test('is refused in NODE_OPTIONS', () => {
    expect(check('app.js', '--enable-source-maps  --permission')).toThrow(expect.objectContaining(refused));
  });

  test.each(['', 'app.js --permission', 'app.js', '-r ./setup.cjs app.js --experimental-permission'])(
    'has nothing to do with what belongs to the program: node %s',
    command => {
      expect(check(command)).not.toThrow();
    },
  );
});
