// Loaded before everything else: to what comes later this is a Node.js that is too old.
Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.0.0' } });
