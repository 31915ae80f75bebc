import type { FastifyInstance } from 'fastify';
import { passwordMatches } from '../sessions/password.ts';
import type { SessionList } from '../sessions/session-list.ts';
import type { Store } from '../store/store.ts';

interface Credentials {
  email: string;
  password: string;
}

const credentials = {
  type: 'object',
  required: ['email', 'password'],
  properties: { email: { type: 'string' }, password: { type: 'string' } },
};

export async function accountRoutes(
  app: FastifyInstance,
  { store, sessions }: { store: Store; sessions: SessionList },
): Promise<void> {
  app.post<{ Body: Credentials }>('/login', { schema: { body: credentials } }, async (request, reply) => {
    const { email, password } = request.body;
    const customer = await store.customers.findByEmail(email);
    if (customer === undefined || !(await passwordMatches(password, customer.passwordHash))) {
      return reply.code(401).send({ error: 'wrong email or password' });
    }
    return { token: sessions.open(customer.id) };
  });

  app.get('/account', async (request, reply) => {
    const session = sessions.find(request.headers.authorization?.replace('Bearer ', ''));
    if (session === undefined) return reply.code(401).send({ error: 'sign in first' });
    const customer = await store.customers.find(session.customerId);
    return { name: customer?.name, email: customer?.email, signedInAt: session.openedAt };
  });
}
