/** Made by the seed. Indexes come after the rows, which is quicker. */
export const TABLES = `
  CREATE TABLE products (
    id text PRIMARY KEY, name text NOT NULL, category text NOT NULL, description text NOT NULL,
    price_cents int NOT NULL, stock int NOT NULL, units_per_day bytea NOT NULL
  );
  CREATE TABLE promotions (category text NOT NULL, minimum_cents int NOT NULL, discount float8 NOT NULL);
  CREATE TABLE customers (id text PRIMARY KEY, name text NOT NULL, email text NOT NULL, password_hash text NOT NULL);
  CREATE TABLE orders (id text NOT NULL, customer_id text NOT NULL, placed_at timestamptz NOT NULL);
  CREATE TABLE order_lines (
    order_id text NOT NULL, position int NOT NULL, product_id text NOT NULL, quantity int NOT NULL,
    unit_price_cents int NOT NULL
  );
  CREATE TABLE checkouts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, product_id text NOT NULL, amount_cents int NOT NULL,
    payment text, at timestamptz NOT NULL DEFAULT now()
  )`;

export const INDEXES = `
  CREATE INDEX ON products (category, name, id);
  CREATE INDEX ON products (name, id);
  CREATE INDEX ON products (price_cents, id);
  CREATE UNIQUE INDEX ON customers (email);
  ALTER TABLE orders ADD PRIMARY KEY (id);
  CREATE INDEX ON orders (placed_at);
  ALTER TABLE order_lines ADD PRIMARY KEY (order_id, position);
  ANALYZE`;
