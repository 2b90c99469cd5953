/**
 * How the systems live together: each is a Spring Boot application of its own, a {@link
 * dev.larder.showcase.host.ShowcaseSystem}, and knows nothing of the others.
 *
 * <p>{@link dev.larder.showcase.host.SystemApplication} starts one, alone with a Tomcat of its own or
 * mounted in a Tomcat that runs already. {@link dev.larder.showcase.host.Features} decides which
 * auto-configurations of the common class path it gets.
 */
@NullMarked
package dev.larder.showcase.host;

import org.jspecify.annotations.NullMarked;
