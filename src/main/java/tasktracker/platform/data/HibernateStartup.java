package tasktracker.platform.data;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.spi.PersistenceUnitInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.hibernate.jpa.HibernatePersistenceProvider;

/**
 * Hibernate, which builds its session factory while the server goes on with CDI and the web module.
 *
 * <p>The server asks for the factory first, and otherwise waits for it half of the time that the application takes to
 * start. Whoever calls it before it is there waits; {@link SchemaStartupGuard} sees to it that nobody of ours has to.
 */
public class HibernateStartup extends HibernatePersistenceProvider {

  private static volatile CompletableFuture<EntityManagerFactory> factory = new CompletableFuture<>();

  @Override
  public EntityManagerFactory createContainerEntityManagerFactory(PersistenceUnitInfo unit, Map<?, ?> settings) {
    MigrationIntegrator.begin();
    factory = BackgroundStartup.begin("hibernate", () -> build(unit, settings));
    return (EntityManagerFactory) Proxy.newProxyInstance(
        HibernateStartup.class.getClassLoader(), new Class<?>[] {EntityManagerFactory.class}, HibernateStartup::call);
  }

  /** Reads most of its classes before it needs the database, which it asks for its version. */
  private EntityManagerFactory build(PersistenceUnitInfo unit, Map<?, ?> settings) {
    var builder = getEntityManagerFactoryBuilder(unit, settings);
    MigrationIntegrator.awaitDatabase();
    return builder.build();
  }

  private static Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(await(), arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /**
   * Returns when the schema is up to date and Hibernate has found its tables in it.
   *
   * @throws IllegalStateException when this release cannot work on the schema
   */
  static EntityManagerFactory await() {
    return BackgroundStartup.await(factory);
  }
}
