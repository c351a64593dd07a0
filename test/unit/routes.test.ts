import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HTTP_ROUTES, matchRoute } from '../../shared/adapters/http/routes.ts';

test.each([
  ['jobs/{id}', '/api/jobs/7', { id: '7' }],
  ['jobs/{id}', '/API/Jobs/7/', { id: '7' }],
  ['guests/{guestId}/resets', '/api/guests/a%20%23EXT%23%2f%40b/resets', { guestId: 'a #EXT#/@b' }],
  ['jobs/{id}', '/api/jobs/', undefined],
  ['jobs/{id}', '/api/jobs/7/resets', undefined],
  ['jobs/{id}', '/jobs/7', undefined],
  ['jobs/{id}', '/api/jobs/%E0%A4', undefined],
  ['guests/{guestId}/resets', '/api/guests//resets', undefined],
  ['pause', '/api/resume', undefined],
  ['openapi.json', '/api/openapi.json', {}],
])('%s and %s', (route, path, expected) => {
  expect(matchRoute(route, path)).toEqual(expected);
});

test('what a path names is what its function gets, whatever it is, and no other function fits that path', () => {
  const named = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.isWellFormed());
  const names = Object.keys(HTTP_ROUTES) as (keyof typeof HTTP_ROUTES)[];
  fc.assert(
    fc.property(fc.constantFrom(...names), named, (name, text) => {
      const { method, route } = HTTP_ROUTES[name];
      const path = `/api/${route.replace(/\{\w+\}/, encodeURIComponent(text))}`;
      const parameter = /\{(\w+)\}/.exec(route)?.[1];
      expect(matchRoute(route, path)).toEqual(parameter === undefined ? {} : { [parameter]: text });
      const fitting = names.filter(
        (other) => HTTP_ROUTES[other].method === method && matchRoute(HTTP_ROUTES[other].route, path),
      );
      expect(fitting).toEqual([name]);
    }),
  );
});
