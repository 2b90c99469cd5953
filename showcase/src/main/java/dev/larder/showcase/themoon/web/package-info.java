/**
 * TheMoon for programs: JSON below {@code /api}.
 */
@NullMarked
package dev.larder.showcase.themoon.web;

import org.jspecify.annotations.NullMarked;
