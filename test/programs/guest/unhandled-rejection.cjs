setInterval(() => console.log('never'), 60_000);
setTimeout(() => Promise.reject(new Error('nobody listens')), 20);
