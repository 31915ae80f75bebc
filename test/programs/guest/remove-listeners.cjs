// Removes all listeners, as some test runners and clean-up packages do, and exits.
process.removeAllListeners();
setTimeout(() => process.exit(3), 300);
