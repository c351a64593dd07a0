/** Addresses that belong to one object of the tenant only: of users with aliases, and of contacts. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestGraph, type TestGraph } from './graph-simulator-calls.ts';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startTestGraph();
});
afterEach(() => graph.simulator.close());

const guest = (index = 0) => graph.guest('Accepted', index);
const patch = (id: string, body: object) => graph.call('PATCH', `/v1.0/users/${id}`, body);
const conflict = {
  status: 400,
  body: {
    error: {
      code: 'Request_BadRequest',
      message: 'Another object with the same value for property proxyAddresses already exists.',
      details: [{ code: 'ObjectConflict', target: 'proxyAddresses' }],
    },
  },
};

describe('a mail that another object has among its proxyAddresses', () => {
  test('is refused, and leaves the user as it was, whoever the other is', async () => {
    const internal = graph.special('internalMember');
    await graph.sim('POST', `/users/${internal.id}`, { aliases: ['alias@adatum.example'] });
    expect(await graph.sim('POST', '/contacts', { address: 'contact@adatum.example' })).toMatchObject({ status: 201 });
    for (const mail of ['Alias@adatum.example', 'CONTACT@adatum.example', guest(1).mail])
      expect(await patch(guest().id, { mail, otherMails: ['more@adatum.example'] })).toMatchObject(conflict);
    expect(graph.user(guest().id)).toEqual(guest());
  });
  test('is taken into otherMails all the same, and is free once the other has lost it', async () => {
    const internal = graph.special('internalMember');
    await graph.sim('POST', `/users/${internal.id}`, { aliases: ['alias@adatum.example'] });
    await graph.sim('POST', '/contacts', { address: 'contact@adatum.example' });
    const otherMails = ['alias@adatum.example', 'contact@adatum.example'];
    expect((await patch(guest().id, { otherMails })).status).toBe(204);
    await graph.sim('POST', `/users/${internal.id}`, { aliases: [] });
    await graph.sim('DELETE', '/contacts');
    expect((await patch(guest().id, { mail: 'alias@adatum.example' })).status).toBe(204);
    expect((await patch(guest(1).id, { mail: 'contact@adatum.example' })).status).toBe(204);
  });
  test("may be the user's own, which becomes the primary address", async () => {
    const { id, mail } = guest();
    await graph.sim('POST', `/users/${id}`, { aliases: ['second@adatum.example'] });
    expect((await patch(id, { mail })).status).toBe(204);
    expect((await patch(id, { mail: 'second@adatum.example' })).status).toBe(204);
    const { body } = await graph.call('GET', `/v1.0/users/${id}?$select=mail,proxyAddresses`);
    expect(body).toMatchObject({ mail: 'second@adatum.example', proxyAddresses: ['SMTP:second@adatum.example'] });
  });
});

describe('proxyAddresses', () => {
  const find = async (filter: string) => {
    const { status, body } = await graph.call(
      'GET',
      `/v1.0/users?$select=id,proxyAddresses&$filter=${encodeURIComponent(filter)}`,
    );
    return status === 200 ? (body as { value: object[] }).value : status;
  };
  test('have the mail with SMTP and each alias with smtp before it, and find the user by exactly that', async () => {
    const { id, mail } = guest();
    await graph.sim('POST', `/users/${id}`, { aliases: ['alias@adatum.example'] });
    const found = [{ id, proxyAddresses: [`SMTP:${mail}`, 'smtp:alias@adatum.example'] }];
    expect(await find("proxyAddresses/any(p:p eq 'smtp:Alias@adatum.example')")).toEqual(found);
    expect(await find(`mail eq 'x@y.example' or proxyAddresses/any(p:p eq 'SMTP:${mail}')`)).toEqual(found);
    expect(await find("proxyAddresses/any(p:p eq 'SMTP:alias@adatum.example')")).toEqual([]);
    expect(await find(`proxyAddresses/any(p:p eq '${mail}')`)).toEqual([]);
  });
  test('of contacts are never found among users', async () => {
    await graph.sim('POST', '/contacts', { address: 'contact@adatum.example' });
    expect((await graph.sim('GET', '/contacts')).body).toEqual(['contact@adatum.example']);
    expect(await find("proxyAddresses/any(p:p eq 'SMTP:contact@adatum.example')")).toEqual([]);
  });
  test('are found by equality alone, and not negated', async () => {
    expect(await find("proxyAddresses/any(p:endsWith(p,'adatum.example'))")).toBe(400);
    expect(await find("NOT proxyAddresses/any(p:p eq 'smtp:a@adatum.example')")).toBe(400);
  });
});
