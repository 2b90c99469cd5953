/**
 * TheMoon for people: HTML that works without scripts, and conversations that are live with them.
 */
@NullMarked
package dev.larder.showcase.themoon.pages;

import org.jspecify.annotations.NullMarked;
