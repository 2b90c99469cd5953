/**
 * What people do: like, comment, follow, write, keep lists, change their profile.
 *
 * <p>{@link dev.larder.showcase.halfnote.action.SocialActions}, {@link
 * dev.larder.showcase.halfnote.action.ReviewActions}, {@link
 * dev.larder.showcase.halfnote.action.ListActions} and {@link
 * dev.larder.showcase.halfnote.action.ProfileActions} each do one thing in one transaction and say
 * afterwards, as a {@link dev.larder.showcase.halfnote.action.Change}, what is different now. They
 * know nothing of caches: who listens turns a change into tags.
 */
@NullMarked
package dev.larder.showcase.halfnote.action;

import org.jspecify.annotations.NullMarked;
