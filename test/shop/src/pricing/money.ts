const euro = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });

export const formatMoney = (cents: number): string => euro.format(cents / 100);
