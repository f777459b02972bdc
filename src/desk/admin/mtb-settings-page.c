#include "mtb-settings-page.h"

#include "mtb-administration-query.h"
#include "mtb-online-form.h"
#include "mtb-online-notice.h"
#include "mtb-query-model.h"
#include "mtb-setting.h"
#include "mtb-spin-digits.h"

#include <glib/gi18n.h>

/* The control of each has its name in the template: a switch between two words, a number, or what is
 * written in an entry. */
static const struct
{
  const char *name;
  const char *on;
  const char *off;
} settings[] = {
  { MTB_SETTING_DIRECTORY_KEEP, "all", "dealt_with" },
  { MTB_SETTING_OFFLINE_DAYS, NULL, NULL },
  { MTB_SETTING_WIPE_AT_SIGN_OUT, "1", "0" },
  { MTB_SETTING_RETENTION_DAYS, NULL, NULL },
  { MTB_SETTING_ORGANISATION, NULL, "" },
};

#define N_SETTINGS G_N_ELEMENTS (settings)

/**
 * MtbSettingsPage:
 *
 * What holds for every desk and for the server, each with what follows from it. It follows what the
 * desk knows until somebody changes something; that stays until it is saved.
 */
struct _MtbSettingsPage
{
  MtbPage parent_instance;

  MtbOnlineNotice *notice;
  MtbOnlineForm *form;
  GtkWidget *save_button;
  GtkWidget *controls[N_SETTINGS];

  MtbQueryModel *rows;
  gboolean loading;
};

G_DEFINE_FINAL_TYPE (MtbSettingsPage, mtb_settings_page, MTB_TYPE_PAGE)

/* What was never set is off, 0 or nothing. */
static const char *
get_set (MtbSettingsPage *self, guint i)
{
  for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); j++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (G_LIST_MODEL (self->rows), j);
      const MtbSetting *setting = mtb_item_get_record (item);

      if (g_str_equal (setting->name, settings[i].name))
        return setting->value;
    }
  return settings[i].off != NULL ? settings[i].off : "0";
}

static void
put_value (MtbSettingsPage *self, guint i, const char *value)
{
  GtkWidget *control = self->controls[i];

  if (GTK_IS_SWITCH (control))
    gtk_switch_set_active (GTK_SWITCH (control), g_str_equal (value, settings[i].on));
  else if (GTK_IS_SPIN_BUTTON (control))
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (control),
                               (double) g_ascii_strtoll (value, NULL, 10));
  else
    gtk_editable_set_text (GTK_EDITABLE (control), value);
}

static char *
dup_value (MtbSettingsPage *self, guint i)
{
  GtkWidget *control = self->controls[i];

  if (GTK_IS_SWITCH (control))
    return g_strdup (gtk_switch_get_active (GTK_SWITCH (control)) ? settings[i].on
                                                                  : settings[i].off);
  if (!GTK_IS_SPIN_BUTTON (control))
    return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (control))));
  gtk_spin_button_update (GTK_SPIN_BUTTON (control));
  return g_strdup_printf ("%d", gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (control)));
}

/* Those that are filled in otherwise than they are set. */
static GPtrArray *
list_orders (MtbSettingsPage *self)
{
  GPtrArray *orders = g_ptr_array_new_with_free_func (mtb_record_unref);

  for (guint i = 0; i < N_SETTINGS; i++)
    {
      g_autofree char *value = dup_value (self, i);
      MtbSettingSet *set;

      if (g_str_equal (value, get_set (self, i)))
        continue;
      set = mtb_record_new (&mtb_setting_set.shape);
      set->name = g_strdup (settings[i].name);
      set->value = g_steal_pointer (&value);
      g_ptr_array_add (orders, set);
    }
  return orders;
}

static void
on_edited (MtbSettingsPage *self)
{
  if (self->loading)
    return;
  mtb_online_form_note_edit (self->form);
  gtk_widget_set_sensitive (self->save_button, TRUE);
}

static void
on_refreshed (MtbSettingsPage *self)
{
  if (mtb_online_form_is_edited (self->form))
    return;
  self->loading = TRUE;
  for (guint i = 0; i < N_SETTINGS; i++)
    put_value (self, i, get_set (self, i));
  self->loading = FALSE;
}

/* The desk's rows come after the server's word; until then what is filled in is what is true. What
 * was changed meanwhile is still to be saved. */
static void
on_given (MtbSettingsPage *self)
{
  gtk_widget_set_sensitive (self->save_button, mtb_online_form_is_edited (self->form));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", C_ ("form", "Saved"));
}

static void
save (MtbSettingsPage *self)
{
  g_autoptr (GPtrArray) orders = NULL;

  if (mtb_online_form_is_giving (self->form))
    return;
  orders = list_orders (self);
  mtb_online_form_give_all (self->form, orders);
}

static void
on_save (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbSettingsPage *self = MTB_SETTINGS_PAGE (widget);

  if (gtk_widget_is_sensitive (self->save_button))
    save (self);
}

static void
mtb_settings_page_constructed (GObject *object)
{
  MtbSettingsPage *self = MTB_SETTINGS_PAGE (object);
  MtbEngine *engine = mtb_page_get_engine (MTB_PAGE (self));
  g_autoptr (MtbEverything) everything = mtb_record_new (mtb_settings_query.arguments);

  G_OBJECT_CLASS (mtb_settings_page_parent_class)->constructed (object);

  mtb_online_notice_set_engine (self->notice, engine);
  mtb_online_form_set_engine (self->form, engine);
  self->rows = mtb_query_model_new (engine, &mtb_settings_query);
  g_signal_connect_object (self->rows, "refreshed", G_CALLBACK (on_refreshed), self,
                           G_CONNECT_SWAPPED);
  mtb_query_model_ask (self->rows, everything);
}

static void
mtb_settings_page_dispose (GObject *object)
{
  MtbSettingsPage *self = MTB_SETTINGS_PAGE (object);

  self->loading = TRUE;
  g_clear_object (&self->rows);

  G_OBJECT_CLASS (mtb_settings_page_parent_class)->dispose (object);
}

static void
mtb_settings_page_class_init (MtbSettingsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = mtb_settings_page_constructed;
  object_class->dispose = mtb_settings_page_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/admin/mtb-settings-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbSettingsPage, form);
  gtk_widget_class_bind_template_child (widget_class, MtbSettingsPage, notice);
  gtk_widget_class_bind_template_child (widget_class, MtbSettingsPage, save_button);
  for (guint i = 0; i < N_SETTINGS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, settings[i].name, FALSE,
                                               G_STRUCT_OFFSET (MtbSettingsPage, controls)
                                                 + (gssize) (i * sizeof (GtkWidget *)));
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_given);
  gtk_widget_class_bind_template_callback (widget_class, save);
  mtb_spin_digits_bind (widget_class);

  gtk_widget_class_install_action (widget_class, "page.save", NULL, on_save);

  g_type_ensure (MTB_TYPE_ONLINE_FORM);
  g_type_ensure (MTB_TYPE_ONLINE_NOTICE);
}

static void
mtb_settings_page_init (MtbSettingsPage *self)
{
  self->loading = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->loading = FALSE;
}
