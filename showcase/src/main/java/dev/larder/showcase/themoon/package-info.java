/**
 * TheMoon: people follow each other, post, react, and talk in conversations that are live on several
 * instances. Read {@code cache} first, then {@code chat}.
 */
@NullMarked
package dev.larder.showcase.themoon;

import org.jspecify.annotations.NullMarked;
