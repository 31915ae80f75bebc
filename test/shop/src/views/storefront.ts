import type { Offer } from '../pricing/price-list.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

export function storefrontPage(shopName: string, offers: readonly Offer[]): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${shopName}</title>
      </head>
      <body>
        <h1>${shopName}</h1>
        <ul>
          ${offers.map(productCard)}
        </ul>
      </body>
    </html>`.text;
}

const productCard = (offer: Offer): Html =>
  html`<li id="${offer.id}">
    <a href="/products/${offer.id}">${offer.name}</a>
    <p>${offer.description}</p>
    <p>${offer.price} ${oldPrice(offer)} ${offer.inStock ? 'in stock' : 'sold out'}</p>
  </li>`;

const oldPrice = ({ insteadOf }: Offer): Html => (insteadOf ? html`<s>${insteadOf}</s>` : html``);
