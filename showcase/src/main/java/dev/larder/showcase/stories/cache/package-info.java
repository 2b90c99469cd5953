/**
 * The caching of Stories, whole.
 *
 * <p>Each domain has its annotation, {@link dev.larder.showcase.stories.cache.CachedStoryQuery} and three
 * more, that knows the domain's time; and its class of queries, {@link
 * dev.larder.showcase.stories.cache.StoryQueries} and three more, where a method names its cache and its
 * tags. Every tag names what it is about by its number, so a write ends the entries of one story or one
 * user and not of all.
 *
 * <table>
 * <caption>Which write ends what</caption>
 * <tr><th>write</th><th>tags ended</th><th>by</th></tr>
 * <tr><td>story saved</td><td>{@code story:42}</td><td>the entity</td></tr>
 * <tr><td>story published</td><td>besides, {@code author:7}, {@code stats:7}, {@code featured},
 *     {@code trending}, {@code search}</td><td>{@link dev.larder.showcase.stories.cache.Endings}</td></tr>
 * <tr><td>published story changed</td><td>besides, {@code search}</td><td>Endings</td></tr>
 * <tr><td>comment</td><td>{@code comments:42}, {@code notifications:7}</td><td>the entities</td></tr>
 * <tr><td>follow, unfollow</td><td>{@code stats:7}; a follow, {@code notifications:7}</td>
 *     <td>the entities</td></tr>
 * <tr><td>notification read</td><td>{@code notifications:7}</td><td>the entity</td></tr>
 * <tr><td>all notifications read</td><td>{@code notifications:7}</td><td>Endings</td></tr>
 * <tr><td>profile saved</td><td>{@code profile:7}</td><td>the entity</td></tr>
 * <tr><td>settings saved</td><td>the entry of {@code settings(7)}</td><td>Endings</td></tr>
 * <tr><td>tag saved</td><td>what was read from its table</td><td>{@code @CachedQuery} on the entity</td></tr>
 * </table>
 */
@NullMarked
package dev.larder.showcase.stories.cache;

import org.jspecify.annotations.NullMarked;
