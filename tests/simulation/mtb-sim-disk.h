#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MtbSimDisk MtbSimDisk;

MtbSimDisk *mtb_sim_disk_new (const char *folder);
void mtb_sim_disk_free (MtbSimDisk *disk);
MtbSimDisk *mtb_sim_disk_find (const char *path);
gboolean mtb_sim_disk_works_still (MtbSimDisk *disk);
gboolean mtb_sim_disk_meets_full (MtbSimDisk *disk);

void mtb_sim_disk_fail_at (MtbSimDisk *disk, guint n_operations);
void mtb_sim_disk_fail (MtbSimDisk *disk);
gboolean mtb_sim_disk_has_failed (MtbSimDisk *disk);
void mtb_sim_disk_recover (MtbSimDisk *disk, gboolean power_lost);
void mtb_sim_disk_fill_up (MtbSimDisk *disk, guint n_before, guint n_writes);
guint mtb_sim_disk_get_n_full (MtbSimDisk *disk);
void mtb_sim_disk_forget_writes (MtbSimDisk *disk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbSimDisk, mtb_sim_disk_free)

G_END_DECLS
