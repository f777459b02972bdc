/* We never goto anywhere. */
static void
start_pull (MtbPull *self)
{
  g_autoptr (GTask) named = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (named, start_pull);

  g_object_set_data (G_OBJECT (self), "page", NULL);
  if (self == NULL)
    goto out;
  g_print ("a string may goto where it likes");
  g_print ("%p", g_object_get_data (G_OBJECT (self), "page"));
out:
  g_ascii_string_to_signed ("1", 10, 0, 1, NULL, NULL);
  return;
}

static void
finish_pull (MtbPull *self)
{
  g_autoptr (GTask) nameless = g_task_new (self, NULL, NULL, NULL);
  g_task_return_boolean (nameless, TRUE);
}
