//! The names of what stands on a ground.

/// What a part of a ground is called, in Chinese and in English; an unknown kind is called
/// by its own name.
pub fn label(kind: &str) -> (&str, &str) {
    match kind {
        "planter" => ("花坛", "Planter"),
        "poem_stone" => ("诗石", "Poem stone"),
        "tree" => ("树", "Tree"),
        "column" => ("柱", "Column"),
        "lamp" => ("灯", "Lamp"),
        "hydrant" => ("消火栓", "Hydrant"),
        "aed" => ("AED", "AED"),
        "first_aid" => ("急救点", "First aid"),
        "toilet" => ("洗手间", "Toilet"),
        "seat" => ("座椅", "Seats"),
        "drinking_water" => ("饮水", "Drinking water"),
        "charging" => ("充电", "Charging"),
        "assembly" => ("集合点", "Assembly point"),
        "parking" => ("停车", "Parking"),
        "service" => ("服务台", "Service desk"),
        "shade" => ("阴凉", "Shade"),
        "step_free" => ("无障碍", "Step-free"),
        "steps" => ("台阶", "Steps"),
        "link" => ("往连廊", "To the corridor"),
        "stairs" => ("去广场", "To the square"),
        "book_city_door" => ("书城门", "Book city"),
        "entrance" => ("主入口", "Main entrance"),
        "doorway" => ("门口", "Doorway"),
        "fire_lane" => ("消防通道", "Fire lane"),
        "main_aisle" => ("主通道", "Main aisle"),
        "perimeter" => ("四周通道", "Perimeter"),
        other => (other, other),
    }
}
