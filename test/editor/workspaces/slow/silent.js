/** Serves nothing. */
import { rankProducts } from './rank.js';

rankProducts(1200);
