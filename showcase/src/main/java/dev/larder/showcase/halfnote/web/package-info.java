/**
 * Halfnote for programs: JSON under {@code /halfnote/api}.
 *
 * <p>Each answer says in {@code X-Sql-Statements} how many statements it took, in {@code X-Cache}
 * which caches answered, and in {@code X-Halfnote-Mode} which version served it; a request chooses
 * the version with the same header. Who asks is the cookie of the pages or {@code X-Halfnote-User}:
 * in this demonstration everybody may be anybody. What is refused is answered as a problem (RFC
 * 9457) that names each field, the value seen and the range.
 */
@NullMarked
package dev.larder.showcase.halfnote.web;

import org.jspecify.annotations.NullMarked;
