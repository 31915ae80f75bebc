// Nothing but a timer keeps it alive.
setTimeout(() => console.log('last timer'), 1500);
